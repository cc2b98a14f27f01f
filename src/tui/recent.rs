//! What was used lately: the commands of the palette and the emoji, the last one first.

/// How many of each are remembered.
pub const MOST: usize = 24;

/// What is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Commands of the palette, by the action's name, and profiles as `profile NAME`.
    Command,
    /// Emoji, as they are written.
    Emoji,
}

impl Sort {
    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Emoji => "emoji",
        }
    }
}

/// What was used lately of each sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    /// Commands.
    pub commands: Vec<String>,
    /// Emoji.
    pub emoji: Vec<String>,
}

impl Recent {
    /// Those of a sort, the last one first.
    pub fn of(&self, sort: Sort) -> &[String] {
        match sort {
            Sort::Command => &self.commands,
            Sort::Emoji => &self.emoji,
        }
    }

    /// One was used.
    pub fn used(&mut self, sort: Sort, name: &str) {
        let names = match sort {
            Sort::Command => &mut self.commands,
            Sort::Emoji => &mut self.emoji,
        };
        names.retain(|known| known != name);
        names.insert(0, name.to_owned());
        names.truncate(MOST);
    }

    /// What was used in former runs, behind what was used in this one.
    pub fn take_former(&mut self, former: Self) {
        let behind = |own: &mut Vec<String>, former: Vec<String>| {
            let new: Vec<String> = former
                .into_iter()
                .filter(|name| !own.contains(name))
                .collect();
            own.extend(new);
            own.truncate(MOST);
        };
        behind(&mut self.commands, former.commands);
        behind(&mut self.emoji, former.emoji);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_is_the_first_and_each_is_there_once() {
        let mut recent = Recent::default();
        for emoji in ["👍", "👨‍👩‍👧", "👍"] {
            recent.used(Sort::Emoji, emoji);
        }
        assert_eq!(recent.of(Sort::Emoji), ["👍", "👨‍👩‍👧"]);
        (0..100).for_each(|at| recent.used(Sort::Command, &at.to_string()));
        assert_eq!(recent.commands.len(), MOST);
        assert_eq!(recent.commands[0], "99");
    }

    #[test]
    fn former_ones_stand_behind() {
        let mut recent = Recent::default();
        recent.used(Sort::Command, "save");
        let commands = vec!["fold".to_owned(), "save".to_owned()];
        recent.take_former(Recent {
            commands,
            ..Recent::default()
        });
        assert_eq!(recent.commands, ["save", "fold"]);
    }
}
