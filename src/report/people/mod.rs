//! Reports for people, and for language models, which read like them.

pub(super) mod agent;
pub(super) mod closing;
pub(super) mod compact;
pub(super) mod drawn;
pub(super) mod frame;
pub(super) mod group;
pub(super) mod grouped;
pub(super) mod headline;
pub(super) mod markdown;
pub(super) mod select;
pub(super) mod style;
pub(super) mod terminal;
pub(super) mod window;
