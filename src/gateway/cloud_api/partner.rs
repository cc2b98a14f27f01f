//! Meta's partners, who take the Cloud API's bodies at an address of their own:
//! 360dialog, <https://docs.360dialog.com>.
//!
//! There the key tells which number sends, so that no number stands in the path.

use super::{FACTS, PHONE_NUMBER_ID, VERSION};
use crate::gateway::Account;
use crate::gateway::settings::{Form, Key};
use crate::gateway::wire::{Header, Piece, Template, bearer};

/// Who stands between the account and Meta; nobody where it is left out.
pub(super) const PARTNER: Key = Key {
    name: "partner",
    default: "",
    needed: None,
    form: Form::Words(&["360dialog"]),
};

/// Where 360dialog is.
const DIALOG_360: &str = "https://waba-v2.360dialog.io";

fn has_partner(account: &Account) -> bool {
    !account.setting(&PARTNER).is_empty()
}

/// Where messages are sent to.
pub(super) fn url(account: &Account) -> Template {
    let address = account.address();
    if has_partner(account) {
        let address = if address == FACTS.public_url {
            DIALOG_360
        } else {
            address
        };
        return Template::text(format!("{address}/messages"));
    }
    let version = account.setting(&VERSION);
    let phone_number_id = account.setting(&PHONE_NUMBER_ID);
    Template::text(format!("{address}/{version}/{phone_number_id}/messages"))
}

/// The header with the token.
pub(super) fn key(account: &Account) -> (Header, Template) {
    if has_partner(account) {
        let name = Header::Other("D360-API-KEY".into());
        (name, Template(vec![Piece::Token]))
    } else {
        bearer()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use crate::gateway::{Account, GatewayKind};
    use crate::message::{Draft, Message, Text};
    use rstest::rstest;

    #[rstest]
    #[case::its_own("https://graph.facebook.com", "https://waba-v2.360dialog.io/messages")]
    #[case::another(
        "https://waba.example.com/日本/",
        "https://waba.example.com/日本/messages"
    )]
    fn a_partner_has_its_address_and_its_header(#[case] base_url: &str, #[case] url: &str) {
        let draft = Draft {
            to: "+55 11 99999-9999".to_owned(),
            message: Message::Text(Text {
                text: "Olá 日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
            }),
            ..Draft::default()
        };
        let mut account = Account::public(GatewayKind::CloudApi);
        let own = account.clone().with("phone_number_id", "1");
        account.base_url = base_url.to_owned();
        let account = account.with("partner", "360dialog");
        let request = account.encode(&draft).unwrap();
        let shown = request.to_json("k3y").to_string();
        assert!(shown.contains(&format!("\"{url}\"")), "{shown}");
        assert!(shown.contains("\"D360-API-KEY\":\"k3y\""), "{shown}");
        assert!(!shown.contains("Authorization"), "{shown}");
        assert_eq!(request.body, own.encode(&draft).unwrap().body);
    }
}
