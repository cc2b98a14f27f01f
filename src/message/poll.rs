//! A poll: a question with options that the recipient votes for.

/// A question with options, of which the recipient picks one or several. `WhatsApp` shows neither a
/// header nor a footer with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Poll {
    /// The question.
    pub text: String,
    /// What can be picked, in the order in which it is shown.
    pub options: Vec<String>,
    /// How many options may be picked, 0 being any number; `None` is one.
    pub choices: Option<u32>,
}

impl Poll {
    /// The most options that may be picked; `None` where it is any number.
    pub fn most(&self) -> Option<u32> {
        match self.choices {
            None => Some(1),
            Some(0) => None,
            Some(most) => Some(most),
        }
    }

    /// Whether more than one option may be picked.
    pub fn takes_several(&self) -> bool {
        self.most() != Some(1)
    }
}
