//! A page as prose: its paragraphs without code and tables, and the length of each of their sentences.

use regex::Regex;

/// How many words each sentence of a page has; headings, tables and code are none.
pub(super) fn sentence_lengths(page: &str) -> Vec<usize> {
    let marks = [(r"`[^`]*`", "code"), (r"\]\([^)]*\)", "]"), ("“[^”]*”|\"[^\"]*\"", "quoted")];
    let marks = marks.map(|(pattern, with)| (Regex::new(pattern).unwrap(), with));
    let end = Regex::new(r#"[.?!][)\]*"”]*\s+"#).unwrap();
    let word = Regex::new(r"\w[\w'’./-]*").unwrap();
    let mut lengths = Vec::new();
    for paragraph in paragraphs(page) {
        let plain =
            marks.iter().fold(paragraph, |text, (pattern, with)| pattern.replace_all(&text, *with).into_owned());
        let sentences = end.split(&plain).map(|sentence| word.find_iter(sentence).count());
        lengths.extend(sentences.filter(|words| *words > 0));
    }
    lengths
}

/// Paragraphs and items of lists, each on one line.
fn paragraphs(page: &str) -> Vec<String> {
    let item = Regex::new(r"^(?:[*-]|\d+\.)\s+").unwrap();
    let (mut found, mut open, mut inside) = (Vec::new(), String::new(), false);
    for line in page.lines().map(str::trim).chain([""]) {
        let fence = line.starts_with("```");
        inside ^= fence;
        let is_prose = !inside && !fence && !line.is_empty() && !line.starts_with(['#', '|', '<', '!']);
        if (!is_prose || item.is_match(line)) && !open.is_empty() {
            found.push(std::mem::take(&mut open));
        }
        if is_prose {
            open.push_str(&item.replace(line, ""));
            open.push(' ');
        }
    }
    found
}
