//! Profiles, where their tokens come from, and the program's folders.
//!
//! [`mod@file`] turns `config.toml` into a [`Config`] and says everything that is wrong with it,
//! [`paths`] knows where it is, and [`token`] reads a profile's token when it is needed, never before.

pub mod file;
pub mod paths;
mod reader;
pub mod token;

use std::collections::BTreeMap;
use std::path::PathBuf;

use strum::VariantArray as _;

pub use crate::gateway::wire::Timeouts;
use crate::gateway::{Account, GatewayKind};
use crate::message::file::FileProblem;
use crate::message::nearest::nearest;
use crate::message::phone::Country;
use crate::visible;

pub use file::{ConfigError, load};
pub use paths::Paths;
pub use token::{TokenError, TokenSource};

/// Everything that `config.toml` says; without a file, the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The profile that is used when none is named.
    pub default_profile: String,
    /// The screen's colours.
    pub theme: Theme,
    /// How the composer shows pictures.
    pub graphics: GraphicsChoice,
    /// Keys that replace the screen's own, by the name of the action: plain data, for the screen
    /// to understand.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Whether the composer takes the mouse, which selects without Shift where it does not.
    pub mouse: bool,
    /// The country of numbers that are written without a country code, for the profiles that name none.
    pub country: Option<Country>,
    /// For how many days what was sent is kept; 0 is for ever.
    pub history_days: u32,
    /// The file's profiles in its order, then the built-in ones.
    pub profiles: Vec<Profile>,
    /// The file's profiles that cannot be used, in its order.
    pub broken: Vec<BrokenProfile>,
}

/// The screen's colours.
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// `auto`: the terminal's own colours, and hues that can be read on any ground.
    #[default]
    Auto,
    /// `dark`: for light text on a dark ground.
    Dark,
    /// `light`: for dark text on a light ground.
    Light,
}

/// How a picture that a message names by its address is given to a gateway.
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThumbnailAs {
    /// `bytes`: it is fetched here, made small, and goes along.
    #[default]
    Bytes,
    /// `url`: the address goes along, for the gateway to fetch.
    Url,
}

/// Whether the composer asks before it sends a message without errors and warnings.
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Confirm {
    /// `always`: it asks.
    #[default]
    Always,
    /// `warnings`: it holds the message for five seconds, in which it can be taken back.
    Warnings,
}

/// How to reach a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name in the configuration.
    pub name: String,
    /// The gateway's account, without the token.
    pub account: Account,
    /// Where the token comes from.
    pub token: TokenSource,
    /// A PEM file with the certificates of CAs that are trusted besides the platform's; `~` in it
    /// stands for the home folder, see [`Profile::trusted_ca`].
    pub ca_file: Option<PathBuf>,
    /// Whether plain `http://` is allowed to more than this machine.
    pub allow_http: bool,
    /// Whether the composer asks before it sends a message that nothing speaks against.
    pub confirm: Confirm,
    /// Whether the numbered text is sent along with every buttons message.
    pub duplicate_as_text: bool,
    /// How a picture that is named by its address is given to WUTS.
    pub thumbnail_as: ThumbnailAs,
    /// Whether pictures are fetched from this machine and private networks too.
    pub allow_private_urls: bool,
    /// How long each phase of a request may take.
    pub timeouts: Timeouts,
}

/// A profile with something wrong: it cannot be used, and the others can.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the profile {} cannot be used: {}",
    quoted(.name),
    .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
)]
pub struct BrokenProfile {
    /// Its name in the configuration.
    pub name: String,
    /// Everything that is wrong with it, in the order of the file; at least one.
    pub problems: Vec<FileProblem>,
}

/// Why there is no profile of a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Nobody defined it.
    #[error(transparent)]
    Unknown(#[from] UnknownProfile),
    /// It was defined, with something wrong.
    #[error(transparent)]
    Broken(#[from] BrokenProfile),
}

/// A profile that nobody defined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no profile {}{}; known profiles: {}",
    quoted(.name),
    .nearest.as_deref().map(|name| format!(": did you mean {}?", quoted(name))).unwrap_or_default(),
    .known.iter().map(|name| visible::line(name).into_owned()).collect::<Vec<_>>().join(", ")
)]
pub struct UnknownProfile {
    /// What was asked for.
    pub name: String,
    /// What there is.
    pub known: Vec<String>,
    /// What was most likely meant.
    pub nearest: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            default_profile: GatewayKind::default()
                .own()
                .facts()
                .sandbox_profile
                .to_owned(),
            theme: Theme::default(),
            graphics: GraphicsChoice::default(),
            keys: BTreeMap::new(),
            mouse: true,
            country: None,
            history_days: Self::HISTORY_DAYS,
            profiles: GatewayKind::ALL.map(Profile::sandbox).to_vec(),
            broken: Vec::new(),
        }
    }
}

impl Config {
    /// For how many days what was sent is kept when nothing is configured.
    pub const HISTORY_DAYS: u32 = 90;

    /// The profile of a name, or the default one.
    ///
    /// # Errors
    /// When there is none of that name, or something is wrong with it.
    pub fn profile(&self, name: Option<&str>) -> Result<&Profile, ProfileError> {
        let name = name.unwrap_or(&self.default_profile);
        if let Some(broken) = self.broken.iter().find(|broken| broken.name == name) {
            return Err(broken.clone().into());
        }
        let found = self.profiles.iter().find(|profile| profile.name == name);
        found.ok_or_else(|| {
            let known = self.profiles.iter().map(|profile| &profile.name);
            let known = known.chain(self.broken.iter().map(|broken| &broken.name));
            UnknownProfile::among(name, known.cloned().collect()).into()
        })
    }
}

impl UnknownProfile {
    fn among(name: &str, known: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            nearest: nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
            known,
        }
    }
}

impl ThumbnailAs {
    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// How the composer shows pictures.
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GraphicsChoice {
    /// `auto`: as the terminal is known to.
    #[default]
    Auto,
    /// `kitty`: kitty's graphics.
    Kitty,
    /// `iterm2`: iTerm2's inline images.
    Iterm2,
    /// `sixel`: sixel graphics.
    Sixel,
    /// `half-blocks`: two pixels a cell.
    HalfBlocks,
    /// `none`: the picture's name alone.
    None,
}

impl GraphicsChoice {
    /// Every choice.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the configuration and at the prompt.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Theme {
    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Profile {
    /// A built-in profile on the embedded sandbox: `sandbox`, `sandbox-green-api`,
    /// `sandbox-cloud-api`, `sandbox-evolution`.
    pub fn sandbox(gateway: GatewayKind) -> Self {
        let own = gateway.own();
        let settings = own.sandbox_settings().iter();
        let mut account = settings.fold(Account::public(gateway), |account, (key, value)| {
            account.with(key, *value)
        });
        "http://127.0.0.1".clone_into(&mut account.base_url);
        Self {
            name: own.facts().sandbox_profile.to_owned(),
            account,
            token: TokenSource::Sandbox,
            ca_file: None,
            allow_http: false,
            confirm: Confirm::default(),
            duplicate_as_text: false,
            thumbnail_as: ThumbnailAs::default(),
            allow_private_urls: false,
            timeouts: Timeouts::default(),
        }
    }

    /// Where `ca_file` is.
    pub fn trusted_ca(&self, env: paths::Env<'_>) -> Option<PathBuf> {
        let path = self.ca_file.as_deref()?;
        Some(paths::expand(path, env))
    }

    /// The profile for a gateway: the one in use where it is that gateway's, else the first one of
    /// the configuration. The built-in ones do not count then: the sandbox has no address before it
    /// is used.
    pub fn of_gateway<'a>(
        gateway: GatewayKind,
        in_use: &'a Self,
        profiles: &'a [Self],
    ) -> Option<&'a Self> {
        let configured = profiles.iter().filter(|profile| !profile.is_sandbox());
        let mut candidates = std::iter::once(in_use).chain(configured);
        candidates.find(|profile| profile.account.gateway == gateway)
    }

    /// Whether it talks to the embedded sandbox, which is started for it.
    pub const fn is_sandbox(&self) -> bool {
        matches!(self.token, TokenSource::Sandbox)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", visible::line(name))
}
