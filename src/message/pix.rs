//! What a Pix button asks to be paid to: Brazil's instant payments, by a key of the receiver.

use serde_json::json;

use super::{Action, ActionKind};

/// The kinds of keys, as they are named in files and by gateways.
pub const KEY_TYPES: [&str; 5] = ["phone", "email", "cpf", "cnpj", "random"];

/// Who is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pix {
    /// The receiver's name.
    pub name: String,
    /// The kind of the key: one of [`KEY_TYPES`].
    pub key_type: String,
    /// The key.
    pub key: String,
    /// The currency; Pix itself has one.
    pub currency: String,
}

impl Pix {
    /// The only currency that is documented.
    pub const CURRENCY: &str = "BRL";

    /// About as many bytes as its texts take.
    pub const fn size(&self) -> usize {
        self.name.len() + self.key_type.len() + self.key.len() + self.currency.len()
    }
}

impl Default for Pix {
    fn default() -> Self {
        Self {
            name: String::new(),
            key_type: String::new(),
            key: String::new(),
            currency: Self::CURRENCY.to_owned(),
        }
    }
}

impl Action {
    /// About as many bytes as its texts take.
    pub fn size(&self) -> usize {
        match self {
            Self::Pix(pix) => pix.size(),
            other => other.value().map_or(0, str::len),
        }
    }

    /// Everything that goes with the action in one text, for [`ActionKind::unpacked`]; a reply has nothing.
    pub fn packed(&self) -> Option<String> {
        match self {
            Self::Pix(pix) => {
                let parts = [&pix.name, &pix.key_type, &pix.key, &pix.currency];
                Some(json!(parts).to_string())
            }
            other => other.value().map(str::to_owned),
        }
    }
}

impl ActionKind {
    /// The action of this kind with everything that goes with it.
    pub fn unpacked(self, packed: String) -> Action {
        if self == Self::Pix
            && let Ok([name, key_type, key, currency]) =
                serde_json::from_str::<[String; 4]>(&packed)
        {
            return Action::Pix(Pix {
                name,
                key_type,
                key,
                currency,
            });
        }
        self.with_value(packed)
    }
}
