//! What the sandbox has for each gateway: which paths are its, who may call, and the shape in which
//! it answers what it does not know.

use std::borrow::Cow;

use http::request::Parts;
use hyper::StatusCode;
use hyper::body::Bytes;

use super::Gateway;
use super::reply::Reply;
use crate::gateway::GatewayKind;

/// One gateway's way to read and to answer.
pub(super) trait Dialect: Sync {
    /// The gateway.
    fn kind(&self) -> GatewayKind;

    /// What its accounts have here: the values of its own keys.
    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether a path belongs to this gateway, one that it does not know included.
    fn speaks(&self, path: &str) -> bool;

    /// The endpoints that can be told to misbehave, by the names that faults use.
    fn endpoints(&self) -> &'static [&'static str];

    /// The endpoint that a path belongs to, as faults name it.
    fn endpoint<'a>(&self, path: &'a str) -> Cow<'a, str>;

    /// Whether a request carries this sandbox's token where the gateway looks for one.
    fn is_authorized(&self, gateway: &Gateway, head: &Parts) -> bool;

    /// A path up to its token, where the gateway has the token in the path.
    fn before_token<'a>(&self, _path: &'a str) -> Option<&'a str> {
        None
    }

    /// The answer to a request. The body of one that may not be made is empty.
    fn answer(&self, gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply;

    /// The answer that the gateway documents for a status.
    fn documented(&self, status: StatusCode, path: &str) -> Reply;

    /// An error in the gateway's own shape.
    fn refuse(&self, status: StatusCode, words: &str, path: &str) -> Reply;
}
