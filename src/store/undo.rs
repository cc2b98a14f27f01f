//! The undo history of a draft, a row for each step, and which of its ids follow their texts: what is
//! new is written, and nothing else.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};

use super::{StoreError, record};
use crate::message::outline::{Content, Item};
use crate::message::undo::{Edit, News, Step, Undo};
use crate::message::{
    ActionKind, ButtonPart, Buttons, Catalog, Draft, Field, Filling, Kind, List, MediaPart,
    Message, PixPart, PlacePart, Poll, ProductSection, QuotePart, RowPart, RowSection, SectionPart,
    Template,
};

/// Writes what is new of a draft's history.
pub(super) fn write(
    transaction: &Transaction<'_>,
    draft: i64,
    news: &News,
) -> Result<(), StoreError> {
    let (first, from) = (number(news.first), number(news.from));
    transaction
        .prepare_cached("DELETE FROM undo WHERE draft = ?1 AND (step < ?2 OR step >= ?3)")?
        .execute(params![draft, first, from])?;
    let mut insert =
        transaction.prepare_cached("INSERT INTO undo (draft, step, edits) VALUES (?1, ?2, ?3)")?;
    for (at, step) in (from..).zip(&news.steps) {
        insert.execute(params![draft, at, written(step)])?;
    }
    transaction
        .prepare_cached("UPDATE draft SET undone = ?2 WHERE id = ?1")?
        .execute(params![draft, number(news.done)])?;
    Ok(())
}

/// The history that was kept of a draft; of one that cannot be read, what follows on that.
pub(super) fn read(connection: &Connection, draft: i64) -> Result<Undo, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT step, edits FROM undo WHERE draft = ?1 ORDER BY step")?;
    let mut rows = statement.query([draft])?;
    let (mut first, mut steps) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        let at: i64 = row.get(0)?;
        let at = u64::try_from(at).unwrap_or(0);
        let step = row.get_ref(1)?.as_str().ok().and_then(read_step);
        if steps.is_empty() || first + steps.len() as u64 != at {
            steps.clear();
            first = at;
        }
        match step {
            Some(step) => steps.push(step),
            None => {
                steps.clear();
                first = at + 1;
            }
        }
    }
    let undone: Option<i64> = connection
        .prepare_cached("SELECT undone FROM draft WHERE id = ?1")?
        .query_row([draft], |row| row.get(0))?;
    let end = first + steps.len() as u64;
    let done = undone.and_then(|undone| u64::try_from(undone).ok());
    match done {
        Some(done) if (first..=end).contains(&done) => Ok(Undo::kept(first, steps, done)),
        // Which of them are taken back is not known: none of them is of use.
        _ => Ok(Undo::kept(end, Vec::new(), end)),
    }
}

fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The items whose ids follow their texts; nothing where there are none.
pub(super) fn derived(derived: &BTreeSet<Item>) -> Option<String> {
    let items: Vec<Value> = derived.iter().map(|&item| item_as(item)).collect();
    (!items.is_empty()).then(|| Value::from(items).to_string())
}

/// The same as it was kept, as far as it can be read.
pub(super) fn read_derived(text: &str) -> BTreeSet<Item> {
    let items: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    items.iter().filter_map(read_item).collect()
}

// -------------------------------------------------------------------- steps as texts

/// `[["text","buttons[0].text",3,"old","new"],["remove",["button",1],"{…}"]]`
fn written(step: &Step) -> String {
    let edits = step.0.iter().map(edit);
    edits.collect::<Value>().to_string()
}

fn read_step(text: &str) -> Option<Step> {
    let edits: Vec<Value> = serde_json::from_str(text).ok()?;
    let edits = edits.iter().map(read_edit);
    edits.collect::<Option<_>>().map(Step)
}

fn edit(edit: &Edit) -> Value {
    match edit {
        Edit::Text {
            field,
            at,
            old,
            new,
        } => json!(["text", field_name(*field), at, old, new]),
        Edit::Insert(at, items) => json!(["insert", item_as(*at), content(items)]),
        Edit::Remove(at, items) => json!(["remove", item_as(*at), content(items)]),
        Edit::Move(from, to) => json!(["move", item_as(*from), item_as(*to)]),
        Edit::Replace { old, new } => json!(["replace", message(old), message(new)]),
        Edit::Kind { aside, new } => {
            let (at, old) = match aside {
                Some((at, old)) => (Some(at), Some(message(old))),
                None => (None, None),
            };
            json!(["kind", at, old, message(new)])
        }
        Edit::Action { at, old, new } => json!([
            "action",
            at,
            old.kind().name(),
            old.packed(),
            new.kind().name(),
            new.packed()
        ]),
        Edit::LinkPreview { old, new } => json!(["link_preview", old, new]),
        Edit::Derived(item, on) => json!(["derived", item_as(*item), on]),
    }
}

fn read_edit(kept: &Value) -> Option<Edit> {
    let text = |at: usize| Some(kept[at].as_str()?.to_owned());
    let index = |at: usize| usize::try_from(kept[at].as_u64()?).ok();
    let item = |at: usize| read_item(&kept[at]);
    let message = |at: usize| Some(Box::new(read_message(kept[at].as_str()?)?));
    let action = |at: usize| {
        let kind: ActionKind = kept[at].as_str()?.parse().ok()?;
        Some(kind.unpacked(kept[at + 1].as_str().unwrap_or_default().to_owned()))
    };
    Some(match kept[0].as_str()? {
        "text" => Edit::Text {
            field: read_field(kept[1].as_str()?)?,
            at: index(2)?,
            old: text(3)?,
            new: text(4)?,
        },
        "insert" => Edit::Insert(item(1)?, read_content(&kept[2])?),
        "remove" => Edit::Remove(item(1)?, read_content(&kept[2])?),
        "move" => Edit::Move(item(1)?, item(2)?),
        "replace" => Edit::Replace {
            old: message(1)?,
            new: message(2)?,
        },
        "kind" => Edit::Kind {
            aside: match index(1) {
                Some(at) => Some((at, message(2)?)),
                None => None,
            },
            new: message(3)?,
        },
        "action" => Edit::Action {
            at: index(1)?,
            old: action(2)?,
            new: action(4)?,
        },
        "link_preview" => Edit::LinkPreview {
            old: kept[1].as_bool(),
            new: kept[2].as_bool(),
        },
        "derived" => Edit::Derived(item(1)?, kept[2].as_bool()?),
        _ => return None,
    })
}

fn item_as(item: Item) -> Value {
    match item {
        Item::Button(at) => json!(["button", at]),
        Item::Option(at) => json!(["option", at]),
        Item::Value(at) => json!(["value", at]),
        Item::Section(at) => json!(["section", at]),
        Item::Entry(section, at) => json!(["entry", section, at]),
    }
}

fn read_item(kept: &Value) -> Option<Item> {
    let index = |at: usize| usize::try_from(kept[at].as_u64()?).ok();
    Some(match kept[0].as_str()? {
        "button" => Item::Button(index(1)?),
        "option" => Item::Option(index(1)?),
        "value" => Item::Value(index(1)?),
        "section" => Item::Section(index(1)?),
        "entry" => Item::Entry(index(1)?, index(2)?),
        _ => return None,
    })
}

/// A message as a message file.
fn message(message: &Message) -> String {
    let message = message.clone();
    record::draft(&Draft {
        message,
        ..Draft::default()
    })
}

fn read_message(text: &str) -> Option<Message> {
    Some(record::read_draft(text).ok()?.message)
}

/// Items as the file of a message that has nothing else, with what they are.
fn content(items: &Content) -> Value {
    let (sort, holder) = match items.clone() {
        Content::Buttons(buttons) => {
            let holder = Buttons {
                buttons,
                ..Buttons::default()
            };
            ("buttons", Message::Buttons(holder))
        }
        Content::Options(options) => {
            let holder = Poll {
                options,
                ..Poll::default()
            };
            ("options", Message::Poll(holder))
        }
        Content::Values(values) => {
            let holder = Template {
                values,
                ..Template::default()
            };
            ("values", Message::Template(holder))
        }
        Content::Fillings(buttons) => {
            let holder = Template {
                buttons,
                ..Template::default()
            };
            ("buttons", Message::Template(holder))
        }
        Content::ProductSections(sections) => ("sections", products_in(sections)),
        Content::RowSections(sections) => ("sections", rows_in(sections)),
        Content::Products(products) => {
            let title = String::new();
            (
                "entries",
                products_in(vec![ProductSection { title, products }]),
            )
        }
        Content::Rows(rows) => {
            let title = String::new();
            ("entries", rows_in(vec![RowSection { title, rows }]))
        }
    };
    json!([sort, message(&holder)])
}

fn products_in(sections: Vec<ProductSection>) -> Message {
    Message::Catalog(Catalog {
        sections,
        ..Catalog::default()
    })
}

fn rows_in(sections: Vec<RowSection>) -> Message {
    Message::List(List {
        sections,
        ..List::default()
    })
}

fn read_content(kept: &Value) -> Option<Content> {
    let holder = read_message(kept[1].as_str()?)?;
    Some(match (kept[0].as_str()?, holder) {
        ("buttons", Message::Buttons(holder)) => Content::Buttons(holder.buttons),
        ("options", Message::Poll(holder)) => Content::Options(holder.options),
        ("values", Message::Template(holder)) => Content::Values(holder.values),
        ("buttons", Message::Template(holder)) => Content::Fillings(holder.buttons),
        ("sections", Message::Catalog(holder)) => Content::ProductSections(holder.sections),
        ("sections", Message::List(holder)) => Content::RowSections(holder.sections),
        ("entries", Message::Catalog(holder)) => {
            Content::Products(holder.sections.into_iter().next()?.products)
        }
        ("entries", Message::List(holder)) => {
            Content::Rows(holder.sections.into_iter().next()?.rows)
        }
        _ => return None,
    })
}

/// The name of a field: its path, where that is of no other one.
fn field_name(field: Field) -> String {
    match field {
        // the buttons of two kinds have a code
        Field::Button(at, part @ (ButtonPart::Index | ButtonPart::Filling(_))) => {
            format!("fillings[{at}].{}", part.spec().key)
        }
        field => field.to_string(),
    }
}

/// The field of a name with these places in it: `sections[1].rows[2].title`.
fn read_field(name: &str) -> Option<Field> {
    use strum::VariantArray as _;
    let parts = name.split(['[', ']']);
    let mut places = parts.filter_map(|part| part.parse::<usize>().ok());
    let found = |field: &Field| field_name(*field) == name;
    let Some(first) = places.next() else {
        let texts = Kind::ALL.iter().flat_map(|kind| kind.texts()).copied();
        let quote = QuotePart::VARIANTS.iter().copied().map(Field::QuotePart);
        let mut all = texts
            .chain(quote)
            .chain([Field::To, Field::Choices, Field::Delay, Field::Typing])
            .chain(MediaPart::VARIANTS.iter().copied().map(Field::Media))
            .chain(PlacePart::VARIANTS.iter().copied().map(Field::Place));
        return all.find(found);
    };
    let at = places.next().unwrap_or(0);
    let values = ActionKind::ALL.iter().copied().map(ButtonPart::Value);
    let pix = PixPart::VARIANTS.iter().copied().map(ButtonPart::Pix);
    let buttons = ButtonPart::TEXTS.into_iter().chain(values).chain(pix);
    let rows = RowPart::VARIANTS
        .iter()
        .map(|&part| SectionPart::Row(at, part));
    let sections = [SectionPart::Title, SectionPart::Product(at)]
        .into_iter()
        .chain(rows);
    let buttons = buttons
        .filter(|part| *part != ButtonPart::Value(ActionKind::Reply))
        .map(|part| Field::Button(first, part));
    let fillings = Filling::VARIANTS.iter().copied().map(ButtonPart::Filling);
    let fillings = fillings.chain([ButtonPart::Index]);
    let fillings = fillings.map(|part| Field::Button(first, part));
    let mut all = buttons
        .chain(sections.map(|part| Field::Section(first, part)))
        .chain([Field::Option, Field::Value, Field::ValueName].map(|field| field(first)))
        .chain(fillings);
    all.find(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Action, Button, Row};

    const WIDE: &str = "日本 👩‍👩‍👧 e\u{301} שלום \u{1b}[2J";

    fn whole(kind: Kind) -> Box<Message> {
        let mut draft = Draft {
            message: kind.empty(),
            ..Draft::default()
        };
        for &field in kind.texts() {
            if let Some(text) = draft.text_at_mut(field) {
                *text = format!("{WIDE} {field}");
            }
        }
        Box::new(draft.message)
    }

    fn button(action: Action) -> Button {
        let (id, text) = (String::new(), WIDE.to_owned());
        Button { id, text, action }
    }

    fn row() -> Row {
        Row {
            id: WIDE.to_owned(),
            ..Row::default()
        }
    }

    #[test]
    fn every_edit_is_read_back() {
        let text = |field| Edit::Text {
            field,
            at: 3,
            old: String::new(),
            new: WIDE.to_owned(),
        };
        let mut edits: Vec<Edit> = Vec::new();
        for &kind in Kind::ALL {
            edits.extend(kind.texts().iter().map(|&field| text(field)));
            edits.push(Edit::Kind {
                aside: Some((2, whole(kind))),
                new: whole(Kind::Text),
            });
            edits.push(Edit::Replace {
                old: whole(kind),
                new: Box::new(kind.empty()),
            });
        }
        let part = |part| Field::Button(1, part);
        let value = part(ButtonPart::Value(ActionKind::Url));
        let in_section = |part| Field::Section(4, part);
        edits.extend(
            [
                Field::To,
                Field::Choices,
                Field::Option(11),
                Field::Delay,
                Field::QuotePart(QuotePart::Body),
                part(ButtonPart::Id),
                part(ButtonPart::Text),
                value,
                in_section(SectionPart::Title),
                in_section(SectionPart::Product(7)),
                in_section(SectionPart::Row(7, RowPart::Description)),
            ]
            .map(text),
        );
        let code = Action::Copy {
            code: WIDE.to_owned(),
        };
        let items = [
            Content::Buttons(vec![button(Action::Reply), button(code.clone())]),
            Content::ProductSections(vec![ProductSection::default()]),
            Content::RowSections(vec![RowSection {
                title: WIDE.to_owned(),
                rows: vec![row(), Row::default()],
            }]),
            Content::Options(vec![String::new(), WIDE.to_owned()]),
            Content::Products(vec![String::new(), WIDE.to_owned()]),
            Content::Rows(vec![row(), Row::default()]),
        ];
        for content in items {
            edits.push(Edit::Insert(Item::Entry(1, 2), content.clone()));
            edits.push(Edit::Remove(Item::Section(3), content));
        }
        edits.extend([
            Edit::Kind {
                aside: None,
                new: whole(Kind::List),
            },
            Edit::Move(Item::Button(2), Item::Button(0)),
            Edit::Move(Item::Option(2), Item::Option(0)),
            Edit::Action {
                at: 1,
                old: code,
                new: Action::Reply,
            },
            Edit::LinkPreview {
                old: None,
                new: Some(false),
            },
            Edit::Derived(Item::Entry(0, 1), true),
        ]);
        for edit in edits {
            let step = Step(vec![edit]);
            assert_eq!(read_step(&written(&step)).as_ref(), Some(&step));
        }
        let items = BTreeSet::from([Item::Button(2), Item::Entry(0, 3)]);
        assert_eq!(read_derived(&derived(&items).unwrap_or_default()), items);
        assert_eq!(derived(&BTreeSet::new()), None);
    }

    #[test]
    fn what_is_no_step_is_none() {
        for text in [
            "",
            "{}",
            "[[]]",
            "[[\"text\",\"nowhere\",0,\"\",\"\"]]",
            "[[\"日\"]]",
        ] {
            assert_eq!(read_step(text), None, "{text}");
        }
        assert!(read_derived("[[\"button\"],[\"entry\",1,2],7]").len() == 1);
    }
}
