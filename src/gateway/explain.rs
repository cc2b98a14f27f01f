//! Error codes and messages of the gateways in plain words.
