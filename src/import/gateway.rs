//! What each gateway recognises as its own, of an address and of a body, and how it reads a body.

use super::ImportError;
use super::json::Json;
use super::reader::Reader;
use super::route::{Address, Route};
use crate::message::Draft;

/// One gateway. They are asked in turn, and the first that says yes is the one.
pub(super) trait Gateway: Sync {
    /// The method that an address names, where its host or a mark in it is this gateway's.
    fn method_of<'a>(&self, _address: &Address<'a>) -> Option<&'a str> {
        None
    }

    /// The route that begins at a piece of a path, wherever that is: a path of somebody's own may stand
    /// before it.
    fn route_at(&self, _address: &Address<'_>, _at: usize) -> Option<Route> {
        None
    }

    /// The method of an address, where no gateway has recognised it so far.
    fn method_at_last<'a>(&self, _address: &Address<'a>) -> Option<&'a str> {
        None
    }

    /// Whether the keys of a body are the same in upper and in lower case.
    fn folds(&self, _object: &[(String, Json)], _route: &Route) -> bool {
        false
    }

    /// Whether a body that goes to an address of this gateway is another's all the same.
    fn disowns(&self, body: &Reader<'_>, _route: &Route) -> bool {
        body.has("messaging_product")
    }

    /// Whether a body has a key that others do not have.
    fn knows(&self, _body: &Reader<'_>) -> bool {
        false
    }

    /// Whether a body that nobody knows for certain may be this gateway's.
    fn may_be(&self, _body: &Reader<'_>) -> bool {
        false
    }

    /// The draft; nothing where it is no body of a message.
    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError>;
}
