//! Which gateway a command is about: a profile's, or one by its name alone.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::config::{self, Config, ConfigError, Paths, Profile, ProfileError, paths::process_env};
use crate::gateway::{Account, GatewayKind};
use crate::message::phone::Country;

/// The gateway to write for.
#[derive(Debug, Clone, Args)]
pub(super) struct Target {
    /// The profile whose gateway it is [default: the configuration's default profile]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The gateway, at its public address and without a profile
    #[arg(long, value_name = "GATEWAY", conflicts_with = "profile", value_parser = gateway())]
    gateway: Option<GatewayKind>,
}

/// The gateways to check for.
#[derive(Debug, Clone, Args)]
pub(super) struct Targets {
    /// The profile whose gateway it is [default: the configuration's default profile]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The gateway, without a profile; or all of them
    #[arg(long, value_name = "GATEWAY", conflicts_with = "profile", value_parser = gateways())]
    gateway: Option<Gateways>,
}

/// One gateway, or all.
#[derive(Debug, Clone, Copy)]
enum Gateways {
    One(GatewayKind),
    All,
}

/// What a [`Target`] came to.
pub(super) enum Chosen {
    /// A gateway without a profile.
    Gateway(Account),
    /// A profile.
    Profile(Box<Profile>),
}

impl Target {
    /// Whether either was named.
    pub(super) const fn is_named(&self) -> bool {
        self.profile.is_some() || self.gateway.is_some()
    }

    /// Reads the configuration where it is needed: not for a gateway by its name.
    pub(super) fn choose(&self) -> anyhow::Result<Chosen> {
        Ok(match self.gateway {
            Some(gateway) => Chosen::Gateway(public(gateway, configured_country())),
            None => Chosen::Profile(Box::new(profile(self.profile.as_deref())?)),
        })
    }
}

impl Targets {
    /// Whether all gateways are meant.
    pub(super) const fn is_all(&self) -> bool {
        matches!(self.gateway, Some(Gateways::All))
    }

    /// Reads the configuration where it is needed.
    pub(super) fn accounts(&self) -> anyhow::Result<Vec<Account>> {
        let public = |gateways: &[GatewayKind]| {
            let country = configured_country();
            let gateways = gateways.iter();
            gateways.map(|gateway| public(*gateway, country)).collect()
        };
        Ok(match self.gateway {
            Some(Gateways::All) => public(&GatewayKind::ALL),
            Some(Gateways::One(gateway)) => public(&[gateway]),
            None => vec![profile(self.profile.as_deref())?.account],
        })
    }
}

impl Chosen {
    pub(super) const fn account(&self) -> &Account {
        match self {
            Self::Gateway(account) => account,
            Self::Profile(profile) => &profile.account,
        }
    }
}

/// A gateway without a profile.
fn public(gateway: GatewayKind, country: Option<Country>) -> Account {
    Account {
        country,
        ..Account::public(gateway)
    }
}

/// The country of national numbers where no profile is asked for. A configuration that cannot be
/// read is none then.
fn configured_country() -> Option<Country> {
    configuration().ok()?.country
}

/// The configuration, from where the process's environment says.
pub(super) fn configuration() -> anyhow::Result<Config> {
    Ok(match Paths::find(&process_env).config {
        Some(path) => config::load(&path)?,
        None => Config::default(),
    })
}

/// The profile of a name, or the default one.
pub(super) fn profile(name: Option<&str>) -> anyhow::Result<Profile> {
    Ok(profile_of(&configuration()?, name)?.clone())
}

/// The profile of a name, or the default one; what is wrong with it is reported by the file's lines.
pub(super) fn profile_of<'a>(
    config: &'a Config,
    name: Option<&str>,
) -> anyhow::Result<&'a Profile> {
    config
        .profile(name)
        .map_err(|error| match (error, Paths::find(&process_env).config) {
            (ProfileError::Broken(broken), Some(path)) => {
                let problems = broken.problems;
                ConfigError::Invalid { path, problems }.into()
            }
            (error, _) => error.into(),
        })
}

fn gateway() -> impl TypedValueParser<Value = GatewayKind> {
    PossibleValuesParser::new(GatewayKind::ALL.map(GatewayKind::name))
        .try_map(|name| named(&name).ok_or(UNKNOWN))
}

fn gateways() -> impl TypedValueParser<Value = Gateways> {
    let names = GatewayKind::ALL.map(GatewayKind::name);
    PossibleValuesParser::new(names.into_iter().chain([ALL])).try_map(|name| {
        if name == ALL {
            return Ok(Gateways::All);
        }
        named(&name).map(Gateways::One).ok_or(UNKNOWN)
    })
}

const ALL: &str = "all";
const UNKNOWN: &str = "this gateway is not known";

fn named(name: &str) -> Option<GatewayKind> {
    GatewayKind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
}
