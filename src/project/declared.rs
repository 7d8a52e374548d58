//! What a text declares, apart from the project that it belongs to.

use crate::syntax;
use crate::text::Sources;

/// The namespace that a claims file declares; empty for none.
pub fn namespace(path: &str, text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add(path, text);
    let tree = syntax::parse(file, &sources).file;
    tree.namespace.map(|name| sources.slice(name.span()).to_owned()).unwrap_or_default()
}
