//! The fenced blocks of a page: examples, the documents they cite, edits and what a terminal shows.

use crate::support::Folder;

/// What opens and closes a block.
pub(super) const FENCE: &str = "```";

/// One fenced block.
pub(super) struct Fence {
    /// The words after the opening marks; the first says what it holds.
    pub(super) info: Vec<String>,
    /// What stands in it.
    pub(super) text: String,
    /// The line of its opening marks.
    pub(super) line: usize,
}

impl Fence {
    /// What it holds: `claims`, `text`, `diff`, `console`.
    pub(super) fn word(&self) -> &str {
        self.info.first().map_or("", String::as_str)
    }

    /// The codes that an example is marked with.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.info.iter().map(String::as_str).filter(|word| word.starts_with("CL"))
    }

    /// The file that a `toml`, `json`, `claims-file` or `text-file` block is.
    pub(super) fn file(&self) -> Option<&str> {
        self.info
            .get(1)
            .map(String::as_str)
            .filter(|_| matches!(self.word(), "toml" | "json" | "claims-file" | "text-file"))
    }

    /// Saves it as the file that it is, or adds it there.
    pub(super) fn save_file(&self, folder: &Folder) {
        let Some(file) = self.file() else { return };
        let more = self.info.iter().any(|word| word == "more");
        let before = if more { folder.read(file) + "\n" } else { String::new() };
        folder.write(file, format!("{before}{}", self.text).as_bytes());
    }

    /// Saves an example as `example.claims`, with every document of its page beside it.
    pub(super) fn save(&self, page: &[Fence], folder: &Folder) {
        let first =
            page.iter().find(|fence| fence.word() == "claims").filter(|_| self.info.iter().any(|word| word == "part"));
        let before = first.map_or("", |first| first.text.as_str());
        folder.write("example.claims", format!("{before}{}", self.text).as_bytes());
        for document in page.iter().filter(|fence| fence.word() == "text") {
            if let Some(name) = document.info.get(1) {
                folder.write(name, document.text.as_bytes());
            }
        }
    }
}

/// The fenced blocks of a page, in order.
pub(super) fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (line, text) in (1..).zip(page.lines()) {
        match (open.take(), text.strip_prefix(FENCE)) {
            (Some(closed), Some(_)) => found.push(closed),
            (Some(mut fence), None) => {
                fence.text.push_str(text);
                fence.text.push('\n');
                open = Some(fence);
            }
            (None, Some(info)) => {
                let info = info.split_whitespace().map(str::to_owned).collect();
                open = Some(Fence { info, text: String::new(), line });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}
