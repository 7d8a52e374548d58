//! The fields that the program reads by their names, whatever the schema says of them; a schema may lack them.

/// The field by which a block tells its other names.
pub(super) const ALSO: &str = "also";

/// The field by which a document tells its language.
pub(super) const LANGUAGE: &str = "language";

/// The field of what a statement lists, which is looked for in what it quotes.
pub const ITEMS: &str = "items";

/// The fields by which a block tells how its document is to be read.
pub(super) const READ_AS: [&str; 2] = ["format", "encoding"];
