//! The configuration: what is read, what is refused and in which words, and where tokens come from.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rstest::rstest;
use wacompose::config::file::{TEMPLATE, parse};
use wacompose::config::{
    Config, ConfigError, Confirm, Paths, Profile, ProfileError, Theme, TokenError, TokenSource,
    load,
};
use wacompose::gateway::GatewayKind;
use wacompose::message::Draft;
use wacompose::message::limits::LimitKey;
use wacompose::secret::Secret;

const SECRET: &str = "s3cret-9f1c2d3e";

fn read(text: &str) -> Config {
    parse(text, Path::new("/etc/wacompose")).unwrap()
}

/// A profile with nothing wrong, and these lines.
fn with(lines: &str) -> String {
    format!("[profiles.p]\ngateway = \"wuts\"\ntoken = {{ env = \"T\" }}\n{lines}\n")
}

/// A profile of the Cloud API, with these lines.
fn cloud(lines: &str) -> String {
    format!("[profiles.p]\ngateway = \"cloud-api\"\ntoken = {{ env = \"T\" }}\n{lines}\n")
}

/// A profile of Evolution API, with these lines.
fn evolution(lines: &str) -> String {
    format!("[profiles.p]\ngateway = \"evolution\"\ntoken = {{ env = \"T\" }}\n{lines}\n")
}

#[test]
fn an_instance_may_have_any_name_on_one_line() {
    let lines = "instance = \"my shop/50% 日本 👩‍👩‍👧\"\nbase_url = \"http://127.0.0.1:8080/own/\"";
    let config = read(&evolution(lines));
    let account = &config.profile(Some("p")).unwrap().account;
    assert_eq!(account.gateway, GatewayKind::Evolution);
    assert_eq!(account.base_url, "http://127.0.0.1:8080/own");
    assert_eq!(account.settings["instance"], "my shop/50% 日本 👩‍👩‍👧");
}

/// A partner's key tells which number sends.
#[test]
fn a_partner_needs_no_phone_number() {
    let config = read(&cloud("partner = \"360dialog\""));
    let account = &config.profile(Some("p")).unwrap().account;
    assert_eq!(
        account.settings.get("partner").map(String::as_str),
        Some("360dialog")
    );
}

#[test]
fn the_cloud_api_has_keys_of_its_own() {
    let lines = "phone_number_id = \"106540352242922\"\nversion = \"v24.0\"\ncatalog_id = \"1\"";
    let config = read(&cloud(lines));
    let account = &config.profile(Some("p")).unwrap().account;
    assert_eq!(account.gateway, GatewayKind::CloudApi);
    assert_eq!(account.base_url, "https://graph.facebook.com");
    let set = |key: &str| account.settings.get(key).map(String::as_str);
    assert_eq!(set("phone_number_id"), Some("106540352242922"));
    assert_eq!(
        (set("version"), set("catalog_id")),
        (Some("v24.0"), Some("1"))
    );
    let config = read(&cloud("phone_number_id = \"1\""));
    let account = &config.profile(Some("p")).unwrap().account;
    let request = account.encode(&Draft::default()).unwrap();
    assert_eq!(
        request.url.fill(""),
        "https://graph.facebook.com/v23.0/1/messages"
    );
    assert!(!account.settings.contains_key("catalog_id"));
}

/// Problems as `line:column key: message`.
fn problems(text: &str) -> Vec<String> {
    let problems = match parse(text, Path::new("")) {
        Ok(config) => config
            .broken
            .into_iter()
            .flat_map(|broken| broken.problems)
            .collect(),
        Err(problems) => problems,
    };
    assert!(!problems.is_empty());
    let lines = problems.iter().map(|problem| {
        format!(
            "{}:{} {}: {}",
            problem.line, problem.column, problem.key, problem.message
        )
    });
    lines.collect()
}

#[test]
fn everything_that_can_be_said() {
    let config = read(
        r#"
default_profile = "suporte 日本"
theme = "light"
history_days = 0
[keys]
send = ["f5", "ctrl+g"]
quit = "ctrl+q"
help = []
[profiles."suporte 日本"]
gateway = "green-api"
base_url = "https://7103.api.greenapi.com/"
id_instance = "1101000001"
token = { command = ["pass", "show", "green-api"] }
buttons_method = "sendButtons"
confirm = "warnings"
duplicate_as_text = true
allow_http = true
connect_timeout = 2
write_timeout = 0.5
total_timeout = 30
[profiles."suporte 日本".limits]
"button.text" = 20
header = 0
[profiles.a]
gateway = "wuts"
token = { file = "token" }
"#,
    );
    assert_eq!(config.theme, Theme::Light);
    assert_eq!(config.history_days, 0);
    assert_eq!(config.keys["send"], ["f5", "ctrl+g"]);
    assert_eq!(config.keys["quit"], ["ctrl+q"]);
    assert!(config.keys["help"].is_empty());
    let profile = config.profile(None).unwrap();
    assert_eq!(profile.name, "suporte 日本");
    let account = &profile.account;
    assert_eq!(account.gateway, GatewayKind::GreenApi);
    assert_eq!(account.base_url, "https://7103.api.greenapi.com");
    assert_eq!(account.settings["id_instance"], "1101000001");
    assert_eq!(account.settings["buttons_method"], "sendButtons");
    assert_eq!(account.limits[&LimitKey::ButtonText], 20);
    assert_eq!(account.limits[&LimitKey::Header], 0);
    let words = ["pass", "show", "green-api"].map(str::to_owned).to_vec();
    assert_eq!(profile.token, TokenSource::Command(words));
    assert_eq!(profile.confirm, Confirm::Warnings);
    assert!(profile.duplicate_as_text && profile.allow_http && !profile.is_sandbox());
    assert_eq!(profile.timeouts.connect, Duration::from_secs(2));
    assert_eq!(profile.timeouts.write, Duration::from_millis(500));
    assert_eq!(profile.timeouts.total, Duration::from_secs(30));
    let names: Vec<&str> = config.profiles.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "suporte 日本",
            "a",
            "sandbox",
            "sandbox-green-api",
            "sandbox-cloud-api",
            "sandbox-evolution"
        ]
    );
    let a = config.profile(Some("a")).unwrap();
    assert_eq!(a.account.base_url, "https://api.wuts.com.br");
    assert_eq!(a.token, TokenSource::File("/etc/wacompose/token".into()));
}

#[rstest]
#[case::nothing("")]
#[case::comments("# theme = \"light\"\n")]
#[case::byte_order_mark("\u{feff}theme = \"auto\"\n")]
#[case::windows("theme = \"auto\"\r\n")]
#[case::history_days("history_days = 90")]
#[case::mouse("mouse = true")]
#[case::template(TEMPLATE)]
fn defaults(#[case] text: &str) {
    let config = read(text);
    assert_eq!(config, Config::default());
    assert_eq!(
        config.profile(None).unwrap(),
        &Profile::sandbox(GatewayKind::Wuts)
    );
}

#[test]
fn the_mouse_can_be_left_alone() {
    assert!(!read("mouse = false").mouse);
}

#[test]
fn template_holds_when_its_lines_are_used() {
    let used = TEMPLATE.lines().filter_map(|line| {
        let line = line.strip_prefix("# ")?;
        let is_toml = line.starts_with('[') || line.contains(" = ");
        is_toml.then(|| format!("{line}\n"))
    });
    let config = read(&used.collect::<String>());
    assert_eq!(config.default_profile, "staging");
    assert_eq!(
        config
            .profile(Some("support"))
            .unwrap()
            .account
            .limits
            .len(),
        1
    );
}

#[rstest]
#[case::unknown_key("them = 1", "1:1 them: unknown key \"them\"; did you mean \"theme\"?")]
#[case::far_key("日本 = 1", "TOML syntax")]
#[case::far_quoted_key(
    "\"日本\" = 1",
    "1:1 日本: unknown key \"日本\"; known here are default_profile, theme, graphics, keys, mouse, country, history_days, profiles"
)]
#[case::theme(
    "theme = \"drak\"",
    "1:9 theme: theme: expected \"auto\" or \"dark\" or \"light\"; did you mean \"dark\"?"
)]
#[case::history_days(
    "history_days = -1",
    "1:16 history_days: history_days: expected a whole number of days, or 0 to keep them for ever"
)]
#[case::history_days_too_many(
    "history_days = 5_000_000_000",
    "1:16 history_days: history_days: expected a whole number of days, or 0 to keep them for ever"
)]
#[case::history_days_type(
    "history_days = \"90\"",
    "1:16 history_days: history_days: expected a whole number of days, or 0 to keep them for ever"
)]
#[case::theme_type(
    "theme = 1",
    "1:9 theme: theme: expected a string in quotes, found an integer"
)]
#[case::keys(
    "keys = []",
    "1:8 keys: keys: expected a table: write [keys], found a list"
)]
#[case::key(
    "[keys]\nsend = 5",
    "2:8 keys.send: keys.send: expected a key in quotes"
)]
#[case::key_in_list(
    "[keys]\nsend = [5]",
    "2:8 keys.send: keys.send: expected a key in quotes"
)]
#[case::default_profile(
    "default_profile = \"sandbx\"",
    "there is no profile \"sandbx\": did you mean \"sandbox\"?; known profiles: sandbox, sandbox-green-api, sandbox-cloud-api, sandbox-evolution"
)]
#[case::profiles(
    "profiles = 1",
    "1:12 profiles: profiles: expected a table: write [profiles.NAME], found an integer"
)]
#[case::built_in(
    "[profiles.sandbox]\ngateway = \"wuts\"",
    "1:11 profiles.sandbox: the profile \"sandbox\" is built in"
)]
#[case::built_in_too(
    "[profiles.sandbox-green-api]",
    "the profile \"sandbox-green-api\" is built in"
)]
#[case::no_gateway(
    "[profiles.p]\ntoken = { env = \"T\" }",
    "1:11 profiles.p.gateway: missing key \"gateway\" in [profiles.p]: \"wuts\" or \"green-api\" or \"cloud-api\" or \"evolution\""
)]
#[case::gateway(
    "[profiles.p]\ngateway = \"wutz\"\ntoken = { env = \"T\" }",
    "2:11 profiles.p.gateway: profiles.p.gateway: expected \"wuts\" or \"green-api\" or \"cloud-api\" or \"evolution\"; did you mean \"wuts\"?"
)]
#[case::confirm(&with("confirm = \"warning\""), "profiles.p.confirm: expected \"always\" or \"warnings\"; did you mean \"warnings\"?")]
#[case::confirm_misspelt(&with("confrim = \"always\""), "confirm")]
#[case::thumbnail_as(&with("thumbnail_as = \"uri\""), "4:16 profiles.p.thumbnail_as: profiles.p.thumbnail_as: expected \"bytes\" or \"url\"; did you mean \"url\"?")]
#[case::thumbnail_elsewhere(&cloud("phone_number_id = \"1\"\nthumbnail_as = \"url\""), "5:1 profiles.p.thumbnail_as: \"thumbnail_as\" belongs to gateway = \"wuts\", not to \"cloud-api\"")]
#[case::private_urls(&with("allow_private_urls = 1"), "profiles.p.allow_private_urls: expected true or false")]
#[case::no_phone_number(
    "[profiles.p]\ngateway = \"cloud-api\"\ntoken = { env = \"T\" }",
    "1:11 profiles.p.phone_number_id: missing key \"phone_number_id\" in [profiles.p]: the id of the phone number"
)]
#[case::partner(&cloud("phone_number_id = \"1\"\npartner = \"360dialogue\""), "5:11 profiles.p.partner: profiles.p.partner: expected \"360dialog\"")]
#[case::partner_elsewhere(&with("partner = \"360dialog\""), "\"partner\" belongs to gateway = \"cloud-api\", not to \"wuts\"")]
#[case::phone_number(&cloud("phone_number_id = \"../x\""), "4:19 profiles.p.phone_number_id: profiles.p.phone_number_id: expected digits alone, as in Meta's app dashboard")]
#[case::account(&cloud("phone_number_id = \"1\"\nwaba_id = \"日本\""), "5:11 profiles.p.waba_id: profiles.p.waba_id: expected digits alone")]
#[case::catalog(&cloud("phone_number_id = \"1\"\ncatalog_id = \"日本\""), "5:14 profiles.p.catalog_id: profiles.p.catalog_id: expected digits alone")]
#[case::version(&cloud("phone_number_id = \"1\"\nversion = \"23.0\""), "5:11 profiles.p.version: profiles.p.version: expected a version such as \"v23.0\"")]
#[case::version_as_a_path(&cloud("phone_number_id = \"1\"\nversion = \"v2/3.0\""), "expected a version such as")]
#[case::no_instance(&evolution("base_url = \"https://e.test\""), "1:11 profiles.p.instance: missing key \"instance\" in [profiles.p]: the instance's name")]
#[case::empty_instance(&evolution("base_url = \"https://e.test\"\ninstance = \"\""), "5:12 profiles.p.instance: profiles.p.instance: expected the instance's name, on one line")]
#[case::blank_instance(&evolution("base_url = \"https://e.test\"\ninstance = \" \""), "expected the instance's name")]
#[case::instance_of_two_lines(&evolution("base_url = \"https://e.test\"\ninstance = \"a\\nb\""), "expected the instance's name")]
#[case::instance_that_rings(&evolution("base_url = \"https://e.test\"\ninstance = \"a\\u0007\""), "expected the instance's name")]
#[case::instance_above(&evolution("base_url = \"https://e.test\"\ninstance = \"..\""), "expected the instance's name")]
#[case::instance_with_line_break(&evolution("base_url = \"https://e.test\"\ninstance = \"loja 日本\\n\""), "did you mean \"loja 日本\"?")]
#[case::no_base_url(&evolution("instance = \"a\""), "1:11 profiles.p.base_url: missing key \"base_url\" in [profiles.p]: the address of your own Evolution server")]
#[case::base_url_with_a_method(&evolution("instance = \"a\"\nbase_url = \"https://e.test/own/message/sendText/a\""), "the key instance: write \"https://e.test/own\"")]
#[case::base_url_of_the_manager(&evolution("instance = \"a\"\nbase_url = \"https://e.test/manager/\""), "the key instance: write \"https://e.test\"")]
#[case::base_url_with_the_instance(&evolution("instance = \"loja 日本\"\nbase_url = \"https://e.test/own/loja%20日本\""), "the key instance: write \"https://e.test/own\"")]
#[case::evolution_key(&with("instance = \"a\""), "4:1 profiles.p.instance: \"instance\" belongs to gateway = \"evolution\", not to \"wuts\"")]
#[case::learned_key(&evolution("instance = \"a\"\nbase_url = \"https://e.test\"\nchannel = \"x\""), "unknown key \"channel\"")]
#[case::green_key_on_cloud(&cloud("phone_number_id = \"1\"\nid_instance = \"1\""), "5:1 profiles.p.id_instance: \"id_instance\" belongs to gateway = \"green-api\", not to \"cloud-api\"")]
#[case::cloud_key(&with("version = \"v23.0\""), "4:1 profiles.p.version: \"version\" belongs to gateway = \"cloud-api\", not to \"wuts\"")]
#[case::others_key(&with("id_instance = \"1\""), "4:1 profiles.p.id_instance: \"id_instance\" belongs to gateway = \"green-api\"")]
#[case::unknown_in_profile(&with("base_ulr = \"x\""), "4:1 profiles.p.base_ulr: unknown key \"base_ulr\" in [profiles.p]; did you mean \"base_url\"?")]
#[case::http(&with("base_url = \"http://api.example.com\""), "http:// would send the token readable")]
#[case::no_scheme(&with("base_url = \"api.example.com\""), "4:12 profiles.p.base_url: profiles.p.base_url: this is not a whole address")]
#[case::query(&with("base_url = \"https://api.example.com/?a=1\""), "an address has no ? and no #")]
#[case::fragment(&with("base_url = \"https://api.example.com/#a\""), "an address has no ? and no #")]
#[case::space(&with("base_url = \" https://api.example.com\""), "white space")]
#[case::boolean(&with("allow_http = \"yes\""), "4:14 profiles.p.allow_http: profiles.p.allow_http: expected true or false, found a string")]
#[case::no_time(&with("total_timeout = 0"), "4:17 profiles.p.total_timeout: profiles.p.total_timeout: expected seconds, more than 0 and at most 3600")]
#[case::long_time(&with("connect_timeout = 3601"), "at most 3600")]
#[case::no_number(&with("write_timeout = nan"), "expected seconds")]
#[case::negative_time(&with("write_timeout = -1"), "expected seconds")]
#[case::ca_file(&with("ca_file = \" \""), "4:11 profiles.p.ca_file: profiles.p.ca_file: it is empty")]
#[case::ca_file_type(&with("ca_file = true"), "profiles.p.ca_file: expected a string in quotes, found true or false")]
#[case::limit(&with("limits = { \"buton.text\" = 20 }"), "unknown key \"buton.text\" in [profiles.p.limits]; did you mean \"button.text\"?")]
#[case::limit_unquoted(&with("limits = { button.text = 20 }"), "write a name with a dot in quotes: \"button.text\" = 20")]
#[case::limit_negative(&with("limits = { text = -1 }"), "expected a whole number, 0 or more")]
#[case::limit_huge(&with("limits = { text = 99999999999999999999999 }"), "expected a whole number")]
#[case::syntax("theme = ", "1:9 : TOML syntax")]
#[case::twice(
    "theme = \"dark\"\ntheme = \"dark\"",
    "2:1 : TOML syntax: duplicate key"
)]
fn problem(#[case] text: &str, #[case] expected: &str) {
    let found = problems(text);
    assert!(found.len() == 1 || expected == "TOML syntax", "{found:#?}");
    assert!(found[0].contains(expected), "{found:#?}");
}

#[test]
fn green_api_needs_its_address_and_its_instance() {
    let text = "[profiles.日本]\ngateway = \"green-api\"\n";
    assert_eq!(problems(text).len(), 1, "a bare key is ASCII in TOML");
    let text = "[profiles.\"日本\"]\ngateway = \"green-api\"\ntoken = { env = \"T\" }\n";
    let found = problems(text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("1:11 profiles.日本.base_url: missing key \"base_url\""));
    assert!(found[1].starts_with("1:11 profiles.日本.id_instance: missing key \"id_instance\""));
    let text = text.replace(
        "token",
        "base_url = \"https://a\"\nid_instance = \"../x\"\ntoken",
    );
    assert!(problems(&text)[0].contains("expected digits alone"));
}

#[test]
fn all_problems_at_once_in_the_order_of_the_file() {
    let text = "thema = 1\n[profiles.a]\ngateway = 1\nbase_url = 2\n[profiles.b]\nlimits = 3\n";
    let found = problems(text);
    let places: Vec<&str> = found
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        places,
        ["1:1", "2:11", "3:11", "4:12", "5:11", "5:11", "6:10"],
        "{found:#?}"
    );
}

#[test]
fn columns_count_characters() {
    let found = problems("keys = { \"日本👩‍👩‍👧e\u{301}שלום\" = 1 }");
    assert!(found[0].starts_with("1:28 "), "{found:#?}");
}

#[rstest]
#[case::literal("token = \"s3cret-9f1c2d3e\"", "a token is not written in this file")]
#[case::as_a_variable("token = { env = \"s3cret-9f1c2d3e\" }", "not the token")]
#[case::as_a_way("token = { s3cret-9f1c2d3e = true }", "unknown key")]
#[case::as_an_unknown_way("token = { value = \"s3cret-9f1c2d3e\" }", "unknown key")]
#[case::as_a_command("token = { command = \"s3cret-9f1c2d3e\" }", "a list of the program")]
#[case::in_a_list("token = [\"s3cret-9f1c2d3e\"]", "expected one of")]
#[case::two_ways(
    "token = { file = \"s3cret-9f1c2d3e\", keyring = \"s3cret-9f1c2d3e\" }",
    "expected one of"
)]
#[case::none("token = {}", "expected one of")]
#[case::empty_command("token = { command = [] }", "a list of the program")]
#[case::empty_file("token = { file = \" \" }", "empty")]
#[case::under_a_wrong_key("tokn = \"s3cret-9f1c2d3e\"", "did you mean \"token\"?")]
#[case::broken("token = \"s3cret-9f1c2d3e", "TOML syntax")]
#[case::unquoted("token = s3cret-9f1c2d3e", "TOML syntax")]
#[case::in_the_address(
    "token = { env = \"T\" }\nbase_url = \"https://u:s3cret-9f1c2d3e@h\"",
    "user name"
)]
fn a_token_is_refused_and_never_repeated(#[case] lines: &str, #[case] expected: &str) {
    let found = problems(&format!("[profiles.p]\ngateway = \"wuts\"\n{lines}\n")).join("\n");
    assert!(found.contains(expected), "{found}");
    assert!(!found.contains(SECRET), "{found}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let found = problems("\"\\u001b[31m\\u202e\" = 1").join("\n");
    assert!(!found.contains(['\u{1b}', '\u{202e}']), "{found}");
}

#[test]
fn unknown_profile_names_the_known_ones() {
    let error = Config::default().profile(Some("sandbx\u{1b}")).unwrap_err();
    let words = error.to_string();
    assert!(
        words.contains("sandbox, sandbox-green-api") && !words.contains('\u{1b}'),
        "{words}"
    );
    let ProfileError::Unknown(error) = error else {
        unreachable!("{error:?}");
    };
    assert_eq!(error.nearest.as_deref(), Some("sandbox"));
}

/// What is wrong with one profile is in nobody else's way.
#[test]
fn a_broken_profile_is_broken_alone() {
    let text = "default_profile = \"日本\"\n[profiles.\"日本\"]\ngateway = \"wuts\"\ntoken = { env = \"T\" }\n\
                [profiles.a]\ngateway = \"wutz\"\ntoken = \"s3cret-9f1c2d3e\"\n[profiles.b]\nlimits = 3\n";
    let config = read(text);
    assert_eq!(config.profile(None).unwrap().name, "日本");
    let broken: Vec<_> = config
        .broken
        .iter()
        .map(|b| (b.name.as_str(), b.problems.len()))
        .collect();
    assert_eq!(broken, [("a", 2), ("b", 3)]);
    let error = config.profile(Some("a")).unwrap_err();
    assert!(matches!(error, ProfileError::Broken(_)));
    let words = error.to_string();
    assert!(
        words.starts_with("the profile \"a\" cannot be used: 6:11: "),
        "{words}"
    );
    assert!(!words.contains(SECRET));
    // one that is the default is still there to be named, and is not replaced by another
    let config = read(&text.replace("= \"日本\"\n[profiles.\"日本", "= \"a\"\n[profiles.\"日本"));
    assert!(matches!(config.profile(None), Err(ProfileError::Broken(_))));
    let unknown = config.profile(Some("c")).unwrap_err().to_string();
    assert!(
        unknown.contains(
            "日本, sandbox, sandbox-green-api, sandbox-cloud-api, sandbox-evolution, a, b"
        ),
        "{unknown}"
    );
}

#[test]
fn a_missing_file_is_the_default_and_an_unreadable_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        load(&folder.path().join("none.toml")).unwrap(),
        Config::default()
    );
    assert!(matches!(load(folder.path()), Err(ConfigError::Io { .. })));
    let path = folder.path().join("config.toml");
    std::fs::write(&path, b"theme = \"\xff\"").unwrap();
    assert!(load(&path).unwrap_err().to_string().contains("UTF-8"));
    std::fs::write(&path, "them = 1\nthema = 2\n").unwrap();
    let words = load(&path).unwrap_err().to_string();
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].starts_with(&format!("{}:2:1: unknown key \"thema\"", path.display())));
    std::fs::write(&path, vec![b'#'; (1 << 20) + 1]).unwrap();
    assert!(load(&path).unwrap_err().to_string().contains("1 MiB"));
}

#[test]
fn paths_are_the_environments_where_it_names_them() {
    let paths = Paths::find(&|name| match name {
        "WACOMPOSE_CONFIG" => Some("/c/日本.toml".into()),
        "WACOMPOSE_DATA" => Some("/d".into()),
        _ => None,
    });
    assert_eq!(paths.config, Some(PathBuf::from("/c/日本.toml")));
    assert_eq!(paths.data, Some(PathBuf::from("/d")));
    let unset = Paths::find(&|_| None);
    assert_eq!(Paths::find(&|_| Some(OsString::new())), unset);
    assert!(
        unset
            .config
            .is_none_or(|path| path.ends_with("config.toml"))
    );
}

/// Reads a token with these variables and a short time for a command.
fn token(source: &TokenSource, variables: &[(&str, &str)]) -> Result<Secret, TokenError> {
    let variables: Vec<(String, String)> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let env = move |name: &str| {
        let found = variables.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(source.read_with(&env, Duration::from_millis(500)))
}

#[cfg(unix)]
fn shell(script: &str) -> TokenSource {
    TokenSource::Command(["sh", "-c", script].map(str::to_owned).to_vec())
}

#[test]
fn token_from_the_environment() {
    let source = TokenSource::Env("T".to_owned());
    assert_eq!(
        token(&source, &[("T", " s3cret-9f1c2d3e \n")])
            .unwrap()
            .reveal(),
        SECRET
    );
    for variables in [&[][..], &[("T", "")], &[("T", " \n")]] {
        let words = token(&source, variables).unwrap_err().to_string();
        assert!(words.contains("environment variable T"), "{words}");
    }
}

#[test]
fn token_from_a_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("token 日本");
    std::fs::write(&path, "s3cret-9f1c2d3e\r\nnot this\n").unwrap();
    assert_eq!(
        token(&TokenSource::File(path), &[]).unwrap().reveal(),
        SECRET
    );
    let variables = [("HOME", home.path().to_str().unwrap())];
    let source = TokenSource::File("~/token 日本".into());
    assert_eq!(token(&source, &variables).unwrap().reveal(), SECRET);
    let missing = token(&TokenSource::File("~/none".into()), &variables).unwrap_err();
    assert!(missing.to_string().contains("none"), "{missing}");
    assert!(std::error::Error::source(&missing).is_some());
    std::fs::write(home.path().join("empty"), "\n\n").unwrap();
    let empty = token(&TokenSource::File("~/empty".into()), &variables).unwrap_err();
    assert!(matches!(empty, TokenError::Empty(_)));
}

/// A folder with a keyring's command in it that does this.
#[cfg(unix)]
fn keyring(script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    for program in ["secret-tool", "security"] {
        let path = folder.path().join(program);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    folder
}

#[cfg(unix)]
#[rstest]
#[case::there(
    "[ \"$5$6\" = wuts-日本 ] || [ \"$5\" = wuts-日本 ] && echo s3cret-9f1c2d3e",
    None
)]
#[case::not_there(
    "if [ $1 = lookup ]; then exit 1; else exit 44; fi",
    Some("the keyring has no entry wuts-日本: store the token with `sec")
)]
#[case::empty("true", Some("store the token with"))]
#[case::no_bus(
    "echo 'Cannot autolaunch D-Bus' >&2; exit 1",
    Some("Cannot autolaunch D-Bus")
)]
#[case::locked("exec sleep 60", Some("did not end within 0.5 seconds"))]
fn token_from_a_keyring(#[case] script: &str, #[case] said: Option<&str>) {
    let folder = keyring(script);
    let path = [("PATH", folder.path().to_str().unwrap())];
    let read = token(&TokenSource::Keyring("wuts-日本".to_owned()), &path);
    match (read, said) {
        (Ok(token), None) => assert_eq!(token.reveal(), SECRET),
        (Err(error), Some(said)) => {
            let words = error.to_string();
            assert!(words.contains(said) && !words.contains(SECRET), "{words}");
        }
        (read, said) => unreachable!("{read:?} {said:?}"),
    }
}

#[cfg(unix)]
#[test]
fn a_keyring_without_its_command_says_what_to_install() {
    for path in [&[][..], &[("PATH", "/nowhere:")]] {
        let error = token(&TokenSource::Keyring("wuts".to_owned()), path).unwrap_err();
        assert!(matches!(error, TokenError::NoKeyringTool { .. }));
        let words = error.to_string();
        assert!(
            words.contains("PATH") && words.contains("command"),
            "{words}"
        );
    }
}

#[rstest]
#[case::relative("ca 日本.pem", "/etc/wacompose/ca 日本.pem")]
#[case::absolute("/ca.pem", "/ca.pem")]
#[case::home("~/ca.pem", "/home/ana/ca.pem")]
fn a_ca_file_is_beside_the_configuration(#[case] written: &str, #[case] expected: &str) {
    let config = read(&with(&format!("ca_file = \"{written}\"")));
    let profile = config.profile(Some("p")).unwrap();
    let env = |name: &str| (name == "HOME").then(|| OsString::from("/home/ana"));
    assert_eq!(profile.trusted_ca(&env), Some(PathBuf::from(expected)));
}

#[cfg(unix)]
#[rstest]
#[case::one_line("echo s3cret-9f1c2d3e")]
#[case::first_line("printf 's3cret-9f1c2d3e\\r\\nuser: ana\\n'")]
#[case::no_standard_input("cat; echo s3cret-9f1c2d3e")]
#[case::complaining("echo 日本 >&2; echo s3cret-9f1c2d3e")]
fn token_from_a_command(#[case] script: &str) {
    assert_eq!(token(&shell(script), &[]).unwrap().reveal(), SECRET);
}

#[cfg(unix)]
#[rstest]
#[case::fails(
    "echo s3cret-9f1c2d3e; echo \"no key for s3cret-9f1c2d3e\" >&2; exit 3",
    "no key for ***"
)]
#[case::fails_with_controls("printf '\\033[31mred\\n日本' >&2; exit 1", "␛[31mred / 日本")]
#[case::prints_nothing("true", "gives no token")]
#[case::prints_no_text("printf '\\377'", "holds no text")]
#[case::does_not_end(
    "echo s3cret-9f1c2d3e; exec sleep 60",
    "did not end within 0.5 seconds"
)]
fn a_command_that_gives_no_token(#[case] script: &str, #[case] expected: &str) {
    let words = token(&shell(script), &[]).unwrap_err().to_string();
    assert!(words.contains(expected), "{words}");
    assert!(!words.contains(SECRET), "{words}");
}

#[test]
fn a_command_that_is_not_there() {
    let source = TokenSource::Command(vec!["wacompose-no-such-program".to_owned()]);
    let error = token(&source, &[]).unwrap_err();
    assert!(matches!(error, TokenError::Start { .. }), "{error}");
}

/// So many lines with keys that nobody knows, the first one with this number.
fn unknown_keys(numbers: std::ops::Range<usize>) -> String {
    let lines = numbers.map(|number| format!("\"鍵{number} שלום\" = 1\n"));
    lines.collect::<Vec<_>>().concat()
}

#[rstest]
#[case::as_many_as_are_told(unknown_keys(0..100), 100, None)]
#[case::one_more(unknown_keys(0..101), 101, Some("and 1 more problems"))]
#[case::many(unknown_keys(0..250), 101, Some("and 150 more problems"))]
#[case::in_a_profile(with(&unknown_keys(0..130)), 101, Some("and 30 more problems"))]
#[case::at_the_top_and_in_a_profile(
    format!("{}{}", unknown_keys(0..60), with(&unknown_keys(0..70))),
    101,
    Some("and 30 more problems")
)]
#[case::many_at_the_top_and_in_a_profile(
    format!("{}{}", unknown_keys(0..150), with(&unknown_keys(0..150))),
    101,
    Some("and 200 more problems")
)]
#[case::in_the_limits(
    with(&format!("[profiles.p.limits]\n{}", unknown_keys(0..120))),
    101,
    Some("and 20 more problems")
)]
fn very_many_problems_are_counted(
    #[case] text: String,
    #[case] lines: usize,
    #[case] last: Option<&str>,
) {
    let problems = problems(&text);
    assert_eq!(problems.len(), lines, "{problems:?}");
    let more = problems
        .iter()
        .filter(|problem| problem.contains("more problems"));
    assert_eq!(more.count(), usize::from(last.is_some()));
    if let (Some(expected), Some(last)) = (last, problems.last()) {
        assert!(last.ends_with(expected), "{last}");
    }
}
