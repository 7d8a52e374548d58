//! Paths of the numbers of provisions, with those of the provisions around them.

/// Provisions with those around them, each once: `7`, `7/1` and `7/1/b` for `7/1/b`.
pub(super) fn with_those_around<'a>(provisions: impl Iterator<Item = &'a [String]>) -> Vec<String> {
    let mut found = Vec::new();
    for path in provisions {
        for count in 1..=path.len() {
            let around = path[..count].join("/");
            if !found.contains(&around) {
                found.push(around);
            }
        }
    }
    found
}
