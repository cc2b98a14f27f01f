//! What an accepting answer says besides the message id, and people have to know: the number was
//! rewritten, or the message is held back. It changes nothing of the outcome.

use serde_json::Value;

use super::state::{State, Status};
use super::wire::{Request, Response};
use super::{Account, GatewayKind};
use crate::visible;

/// A warning about a message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its kind, as a stable word: `recipient` or `state`.
    pub rule: &'static str,
    /// What to know, in plain words.
    pub message: String,
}

impl Account {
    /// What the answer to a request that was accepted says besides.
    pub fn remarks(&self, request: &Request, response: &Response) -> Vec<Remark> {
        let body = match response.json() {
            Some(body) if response.is_success() => body,
            _ => return Vec::new(),
        };
        let own = self.gateway.own();
        let sent = ["to", "number"]
            .iter()
            .find_map(|key| request.body.get(*key));
        let mut remarks = Vec::new();
        if let (Some(sent), Some(answered)) = (number(sent), number(own.answered_recipient(&body)))
            && sent != answered
        {
            remarks.push(Remark {
                rule: "recipient",
                message: format!(
                    "the gateway writes to +{answered} and not to +{sent} as it is in the \
                     message: answers come from that number"
                ),
            });
        }
        remarks.extend(own.held(&body).map(|message| Remark {
            rule: "state",
            message,
        }));
        remarks
    }
}

/// A phone number's digits, of a field that holds one or a user's address.
fn number<'a>(field: impl Into<Option<&'a Value>>) -> Option<String> {
    let text = field.into()?.as_str()?;
    let text = text.strip_suffix("@s.whatsapp.net").unwrap_or(text);
    let is_number = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (text.chars().all(is_number) && !digits.is_empty()).then_some(digits)
}

impl Status {
    /// What to know of a message that was accepted while the gateway is in this state; `None` where
    /// it goes out, or where nothing is known.
    pub fn remark(&self, gateway: GatewayKind) -> Option<Remark> {
        let is_off =
            self.state.keeps_waiting() || matches!(self.state, State::Starting | State::Blocked);
        is_off.then(|| {
            let word = if self.word.is_empty() {
                String::new()
            } else {
                format!(" ({})", visible::line(&self.word))
            };
            Remark {
                rule: "state",
                message: format!(
                    "{}: the phone is {}{word}. {}",
                    gateway.title(),
                    self.state.label(),
                    self.meaning
                ),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Draft, Message, Text};
    use rstest::rstest;

    use GatewayKind::{CloudApi, GreenApi, Wuts};

    fn remarks(gateway: GatewayKind, to: &str, body: &str) -> Vec<String> {
        let account = Account::public(gateway);
        let draft = Draft {
            to: to.to_owned(),
            message: Message::Text(Text {
                text: "日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
            }),
            ..Draft::default()
        };
        let response = Response {
            status: 200,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        let request = account.encode(&draft);
        let remarks = request.map(|request| account.remarks(&request, &response));
        let remarks = remarks.into_iter().flatten();
        remarks
            .map(|remark| format!("{} {}", remark.rule, remark.message))
            .collect()
    }

    #[rstest]
    #[case::same(CloudApi, "5511987654321", r#"{"contacts":[{"input":"+5511987654321","wa_id":"5511987654321"}]}"#, &[])]
    #[case::another(CloudApi, "5491112345678", r#"{"contacts":[{"input":"5491112345678","wa_id":"541112345678"}]}"#, &["+541112345678"])]
    #[case::none(CloudApi, "5491112345678", r#"{"contacts":[{"input":"5491112345678","user_id":"US.1"}]}"#, &[])]
    #[case::number(CloudApi, "5491112345678", r#"{"contacts":[{"wa_id":541112345678}]}"#, &[])]
    #[case::held(CloudApi, "5511987654321", r#"{"messages":[{"id":"a","message_status":"held_for_quality_assessment"}]}"#, &["held_for_quality_assessment"])]
    #[case::accepted(CloudApi, "5511987654321", r#"{"messages":[{"id":"a","message_status":"accepted"}]}"#, &[])]
    #[case::new_status(CloudApi, "5511987654321", r#"{"messages":[{"id":"a","message_status":"日本\u001b"}]}"#, &["日本"])]
    #[case::of_wuts(Wuts, "5511987654321", r#"{"chat_jid":"551187654321@s.whatsapp.net"}"#, &["+551187654321"])]
    #[case::group_of_wuts(Wuts, "120363039000000000@g.us", r#"{"chat_jid":"120363039000000000@g.us"}"#, &[])]
    #[case::lid_of_wuts(Wuts, "5511987654321", r#"{"chat_jid":"69385314111689@lid"}"#, &[])]
    #[case::green(GreenApi, "5511987654321", r#"{"idMessage":"a","chatId":"1@c.us"}"#, &[])]
    #[case::words(CloudApi, "5511987654321", "日本", &[])]
    fn say(
        #[case] gateway: GatewayKind,
        #[case] to: &str,
        #[case] body: &str,
        #[case] said: &[&str],
    ) {
        let remarks = remarks(gateway, to, body);
        assert_eq!(remarks.len(), said.len(), "{remarks:?}");
        for (remark, said) in remarks.iter().zip(said) {
            assert!(
                remark.contains(said) && !remark.contains('\u{1b}'),
                "{remark}"
            );
        }
    }
}
