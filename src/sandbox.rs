//! A gateway of our own that speaks every gateway's protocol, for the embedded default, for tests
//! and for QA.
