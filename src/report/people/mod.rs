//! Reports for people, and for language models, which read like them.

pub(super) mod agent;
pub(super) mod compact;
pub(super) mod frame;
pub(super) mod grouped;
pub(super) mod markdown;
pub(super) mod rendering;
pub(super) mod several;
pub(super) mod terminal;
pub(super) mod window;
