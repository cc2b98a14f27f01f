//! The form: a row for each part of the message, its counters and its signs.

mod counter;
mod items;
mod kinds;
mod marks;
mod offer;
mod text_box;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::message::check::{Problem, Severity};
use crate::message::inline::Inline;
use crate::message::{
    ButtonPart, Field, Kind, MediaKind, MediaPart, Message, PixPart, PlacePart, QuotePart,
    SelectedPart, TemplateHeader,
};
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout::{self, Form, Row, RowKind};
use crate::tui::model::Model;
use crate::tui::widget::glyph;

pub use items::icon;
pub use offer::at as offered_at;

/// The parts of a row that can have the focus, and where they are.
pub fn cells(model: &Model, row: Row) -> Vec<(Focus, Rect)> {
    let trailing = || counter::width(model, row.kind);
    let areas = match row.kind {
        RowKind::LinkPreview => vec![layout::line_field(row.area, 0)],
        RowKind::Line(_) => vec![layout::line_field(row.area, trailing())],
        RowKind::TextBox => vec![layout::text_field(row.area)],
        RowKind::Kind | RowKind::Heading(_) => vec![row.area],
        RowKind::Button(at) => layout::button_parts(row.area, at, trailing()).to_vec(),
        RowKind::Value(..) => vec![layout::value_field(row.area)],
        RowKind::Variable(_) => layout::variable_parts(row.area, trailing()).to_vec(),
        RowKind::Filling(..) => layout::filling_parts(row.area, trailing()).to_vec(),
        RowKind::Option(_) => layout::option_parts(row.area, trailing()).to_vec(),
        RowKind::Section(_) => layout::section_parts(row.area, trailing()).to_vec(),
        RowKind::Product(..) => layout::product_parts(row.area).to_vec(),
        RowKind::Row(..) => layout::entry_parts(row.area, trailing()).to_vec(),
        RowKind::Description(..) => vec![layout::description_field(row.area, trailing())],
    };
    row.kind.stops().into_iter().zip(areas).collect()
}

/// The area of the form's row that has the focus, if it is seen.
pub fn focused_cell(model: &Model, form: &Form) -> Option<Rect> {
    let mut cells = form.rows.iter().flat_map(|&row| cells(model, row));
    cells
        .find(|&(focus, _)| focus == model.focus)
        .map(|(_, area)| area)
}

/// Draws the form.
pub fn draw(model: &Model, form: &Form, area: Rect, frame: &mut Frame) {
    for &row in &form.rows {
        draw_row(model, row, frame.buffer_mut());
    }
    offer::draw(model, form, area, frame.buffer_mut());
    if model.modals.is_empty()
        && let Some(field) = model.focus.field()
        && let Some(editor) = model.composer.editor(field)
        && editor.shows_cursor()
        && let Some(area) = focused_cell(model, form)
    {
        frame.set_cursor_position(editor.cursor_position(area));
    }
}

fn draw_row(model: &Model, row: Row, buffer: &mut Buffer) {
    let focused = row.kind.stops().contains(&model.focus);
    let label = if focused {
        model.theme.focus
    } else {
        model.theme.text
    };
    match row.kind {
        RowKind::Kind => kinds::draw(model, row.area, label, buffer),
        RowKind::LinkPreview => {
            draw_label(model, Focus::LinkPreview, "Links", row.area, label, buffer);
            let choice = match model.draft().link_preview {
                None => "‹as the gateway does›",
                Some(true) => "‹with a preview›",
                Some(false) => "‹without a preview›",
            };
            draw_choice(model, choice, focused, row.area, buffer);
        }
        RowKind::Line(field) => {
            let is_template = model.draft().message.kind() == Kind::Template;
            let words = match field {
                Field::Header if is_template => " text",
                field => words(field),
            };
            draw_label(model, Focus::Edit(field), words, row.area, label, buffer);
            draw_fields(model, row, buffer);
        }
        RowKind::TextBox => text_box::draw(model, row.area, label, buffer),
        RowKind::Heading(heading) => draw_heading(model, heading, row, label, buffer),
        RowKind::Button(at) => items::draw_button(model, at, row, buffer),
        RowKind::Value(at, action) => items::draw_value(model, at, action, row, buffer),
        RowKind::Variable(at) => items::draw_variable(model, at, row, buffer),
        RowKind::Filling(at, filling) => items::draw_filling(model, (at, filling), row, buffer),
        RowKind::Option(at) => items::draw_option(model, at, row, buffer),
        RowKind::Section(at) => items::draw_section(model, at, row, buffer),
        RowKind::Product(section, at) | RowKind::Row(section, at) => {
            items::draw_entry(model, (section, at), row, buffer);
        }
        RowKind::Description(..) => draw_fields(model, row, buffer),
    }
}

/// The label of a line.
const fn words(field: Field) -> &'static str {
    match field {
        Field::To => "To",
        Field::Name => "Name",
        Field::Language => "Language",
        Field::Header => "Header",
        Field::Media(MediaPart::Url) => " url",
        Field::Media(MediaPart::Name) | Field::Place(PlacePart::Name) => " name",
        Field::Place(PlacePart::Latitude) => " north",
        Field::Place(PlacePart::Longitude) => " east",
        Field::Place(PlacePart::Address) => " address",
        Field::Title => "Title",
        Field::Footer => "Footer",
        Field::MenuButton => "Button",
        Field::Choices => "Choices",
        Field::BusinessOwner => "Owner",
        Field::CatalogId => "Catalog",
        Field::HeaderProduct => "Product",
        Field::Thumbnail => "Picture",
        Field::Selected(SelectedPart::Id) => "Id",
        Field::Selected(SelectedPart::Description) => "Below",
        Field::QuotePart(QuotePart::Id) => "Quote",
        Field::QuotePart(QuotePart::Participant) => "From",
        Field::QuotePart(QuotePart::Body) => "Quoted",
        Field::Delay => "Delay",
        Field::Typing => "Typing",
        Field::Button(_, ButtonPart::Pix(PixPart::Name)) => "Pix name",
        Field::Button(_, ButtonPart::Pix(PixPart::KeyType)) => "Key type",
        Field::Button(_, ButtonPart::Pix(PixPart::Currency)) => "Currency",
        _ => "Text",
    }
}

fn draw_choice(model: &Model, words: &str, focused: bool, row: Rect, buffer: &mut Buffer) {
    let style = if focused {
        model.theme.selected
    } else {
        model.theme.text
    };
    glyph::put_cut(buffer, layout::line_field(row, 0), words, style);
}

fn draw_heading(model: &Model, heading: Heading, row: Row, label: Style, buffer: &mut Buffer) {
    let words = match heading {
        Heading::Buttons => "Buttons",
        Heading::Header => "Header",
        Heading::Values => "Values",
        Heading::PollOptions => "Poll",
        Heading::Sections => "Sections",
        Heading::Selected => "Selected",
        Heading::Options => "Options",
    };
    let focus = Focus::Heading(heading);
    let focused = model.focus == focus;
    let drawn = glyph::put(buffer, row.area.x, row.area.y, words, 8, label);
    let hidden = heading == Heading::Options && !model.composer.shows_options();
    let sign = if hidden {
        let is_reply = model.draft().message.kind().is_reply();
        sign(model, |problem| is_option(problem, is_reply))
    } else {
        sign(model, |problem| Focus::of_field(problem.field) == focus)
    };
    if let Some((sign, style)) = sign {
        let x = row.area.x + layout::SIGN.max(drawn + 1);
        glyph::put(buffer, x, row.area.y, sign, 1, style);
    }
    let hint = match heading {
        Heading::Buttons | Heading::Values | Heading::PollOptions | Heading::Sections
            if focused =>
        {
            "Enter adds one".to_owned()
        }
        Heading::Header => header_form(model).to_owned(),
        Heading::Selected => "Enter picks what is answered".to_owned(),
        Heading::Options => options(model),
        Heading::Buttons | Heading::Values | Heading::PollOptions | Heading::Sections => {
            String::new()
        }
    };
    let taken = counter::width(model, row.kind);
    let before = layout::LABEL.max(if sign.is_some() { drawn + 3 } else { 0 });
    let room = Rect {
        x: row.area.x + before,
        width: row.area.width.saturating_sub(before + 1 + taken),
        ..row.area
    };
    let style = match heading {
        Heading::Header if focused => model.theme.selected,
        Heading::Header => model.theme.text,
        _ => model.theme.dim,
    };
    glyph::put_cut(buffer, room, &hint, style);
    draw_trailing(model, row, buffer);
}

/// What a template's header is, as a choice.
const fn header_form(model: &Model) -> &'static str {
    let Message::Template(message) = &model.draft().message else {
        return "";
    };
    match &message.header {
        TemplateHeader::Text(_) => "‹text›",
        TemplateHeader::Media(media) => match media.kind {
            MediaKind::Image => "‹image›",
            MediaKind::Video => "‹video›",
            MediaKind::Document => "‹document›",
        },
        TemplateHeader::Place(_) => "‹place›",
    }
}

/// What the options are, while they are hidden.
fn options(model: &Model) -> String {
    if model.composer.shows_options() {
        return "▾".to_owned();
    }
    let draft = model.draft();
    let mut set = Vec::new();
    if draft.quote.is_some() && !draft.message.kind().is_reply() {
        set.push("quote".to_owned());
    }
    let seconds = [("delay", draft.delay), ("typing", draft.typing)];
    for (name, seconds) in seconds {
        set.extend(seconds.map(|seconds| format!("{name} {seconds} s")));
    }
    if matches!(draft.message, Message::Text(_)) {
        let preview = |on| if on { "preview on" } else { "preview off" };
        set.extend(draft.link_preview.map(|on| preview(on).to_owned()));
    }
    if set.is_empty() {
        let quote = if draft.message.kind().is_reply() {
            ""
        } else {
            "quote, "
        };
        return format!("▸ {quote}delay, typing");
    }
    format!("▸ {}", set.join(", "))
}

const fn is_option(problem: &Problem, is_reply: bool) -> bool {
    let is_quote = matches!(problem.field, Field::Quote | Field::QuotePart(_));
    if is_quote {
        return !is_reply;
    }
    matches!(
        problem.field,
        Field::Delay | Field::Typing | Field::LinkPreview
    )
}

/// A row's label, and in the column of signs what is wrong.
fn draw_label(
    model: &Model,
    focus: Focus,
    words: &str,
    row: Rect,
    style: Style,
    buffer: &mut Buffer,
) {
    glyph::put(buffer, row.x, row.y, words, 8, style);
    let here = |problem: &Problem| Focus::of_field(problem.field) == focus;
    if let Some((sign, style)) = sign(model, here) {
        glyph::put(buffer, row.x + layout::SIGN, row.y, sign, 1, style);
    }
}

/// The sign of the worst of these problems; what is only near a limit has none.
fn sign(model: &Model, counts: impl Fn(&Problem) -> bool) -> Option<(&'static str, Style)> {
    let here =
        model.findings.problems.iter().filter(|problem| {
            counts(problem) && !model.touched.hides(model.draft(), problem.field)
        });
    Some(match here.map(|problem| problem.severity).min()? {
        Severity::Error => ("✗", model.theme.error),
        Severity::Warning => ("!", model.theme.warning),
    })
}

/// Draws the texts of a row, and what stands right of them.
fn draw_fields(model: &Model, row: Row, buffer: &mut Buffer) {
    for (focus, area) in cells(model, row) {
        if let Some(field) = focus.field() {
            draw_field(model, field, area, buffer);
        }
    }
    draw_trailing(model, row, buffer);
}

fn draw_field(model: &Model, field: Field, area: Rect, buffer: &mut Buffer) {
    let Some(text) = model.composer.text_at(field) else {
        return;
    };
    let focused = model.focus == Focus::Edit(field);
    if text.is_empty() {
        if let Some(hint) = placeholder(model, field) {
            let line = Rect { height: 1, ..area };
            glyph::put_cut(buffer, line, hint, model.theme.placeholder);
        }
        return;
    }
    // A picture in base64 is shown by its name, also where it is edited.
    let picture = Inline::of(&text).filter(|_| field == Field::Thumbnail);
    if let Some(picture) = picture {
        let style = if focused {
            model.theme.selected
        } else {
            model.theme.text
        };
        glyph::put_cut(buffer, area, &picture.name(), style);
        return;
    }
    let marks = marks::of(model, field);
    match model.composer.editor(field) {
        Some(editor) if focused || field == Field::Text => {
            editor.draw_marked(area, buffer, model.theme.field(), &marks);
        }
        _ => {
            glyph::put_cut(buffer, area, &text, model.theme.text);
            marks::put(buffer, area, &text, &marks);
        }
    }
}

/// What stands in an empty field.
const fn placeholder(model: &Model, field: Field) -> Option<&'static str> {
    use crate::message::{RowPart, SectionPart};
    let is_reply = model.draft().message.kind().is_reply();
    Some(match field {
        Field::To => "phone number or address",
        Field::Text => "what you want to say",
        Field::MenuButton => "what opens the sections",
        Field::Choices => "1; 0 is any number",
        Field::Name => "an approved template",
        Field::Language => "as approved: pt_BR",
        Field::Media(MediaPart::Url) => "https://…",
        Field::Media(MediaPart::Name) => "offer.pdf",
        Field::Place(PlacePart::Latitude | PlacePart::Longitude) => "degrees",
        Field::Place(PlacePart::Name) => "the place's name",
        Field::Place(PlacePart::Address) => "its address",
        Field::Value(_) | Field::Button(_, ButtonPart::Filling(_) | ButtonPart::Value(_)) => {
            "value"
        }
        Field::ValueName(_) => "by number",
        Field::Option(_) => "what can be picked",
        Field::BusinessOwner => "whose catalog: a number (WUTS)",
        Field::CatalogId => "the profile's (Cloud API)",
        Field::HeaderProduct => "the id of one to show",
        Field::Thumbnail => "a file or an address",
        Field::Header
        | Field::Title
        | Field::Footer
        | Field::Selected(SelectedPart::Description)
        | Field::Delay
        | Field::Typing => "none",
        Field::QuotePart(QuotePart::Id) if is_reply => "the answered message's id",
        Field::QuotePart(QuotePart::Id) => "none: a message's id",
        Field::QuotePart(QuotePart::Participant) => "who wrote it",
        Field::QuotePart(QuotePart::Body) => "its text",
        Field::Button(_, ButtonPart::Id)
        | Field::Section(_, SectionPart::Row(_, RowPart::Id))
        | Field::Selected(SelectedPart::Id) => "id",
        Field::Button(_, ButtonPart::Text) | Field::Selected(SelectedPart::Text) => "text",
        Field::Button(_, ButtonPart::Pix(PixPart::Name)) => "who is paid",
        Field::Button(_, ButtonPart::Pix(PixPart::KeyType)) => "phone, email, cpf, cnpj or random",
        Field::Button(_, ButtonPart::Pix(PixPart::Currency)) => "BRL",
        Field::Section(_, SectionPart::Title) => "the section's title",
        Field::Section(_, SectionPart::Product(_)) => "a product's id",
        Field::Section(_, SectionPart::Row(_, RowPart::Title)) => "title",
        Field::Section(_, SectionPart::Row(_, RowPart::Description)) => "description",
        _ => return None,
    })
}

fn draw_trailing(model: &Model, row: Row, buffer: &mut Buffer) {
    put_right(buffer, row.area, &counter::trailing(model, row.kind));
}

fn put_right(buffer: &mut Buffer, area: Rect, words: &[counter::Words]) {
    let width: u16 = words.iter().map(|(words, _)| layout::columns(words)).sum();
    let mut x = area.right() - width.min(area.width);
    for (words, style) in words {
        let room = usize::from(area.right().saturating_sub(x));
        x += glyph::put(buffer, x, area.y, words, room, *style);
    }
}
