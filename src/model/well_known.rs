//! The fields that the program reads by their names, whatever the schema says of them; a schema may lack them.

/// The field by which a block tells its other names.
pub(super) const ALSO: &str = "also";

/// The field by which a document tells its language.
pub(super) const LANGUAGE: &str = "language";

/// The field of what a statement lists, which is looked for in what it quotes.
pub const ITEMS: &str = "items";

/// The fields by which a block tells how its document is to be read.
pub(super) const READ_AS: [&str; 2] = ["format", "encoding"];

/// The field of the number of a provision, and the one that names the provision of which it is a part.
pub(crate) const NUMBER: &str = "number";
pub(crate) const PART_OF: &str = "part-of";
