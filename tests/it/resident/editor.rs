//! Edits at random of the files of a project, as people make them.

use crate::support::{Random, Texts};

/// A file with another text, or none.
pub struct Edit {
    pub what: &'static str,
    pub path: String,
    pub text: Option<String>,
}

/// What an edit makes of the claims file of that name; nothing if it does not fit.
type Change = fn(&Desk<'_>, &mut Random) -> Option<Edit>;

/// What lies before an editor.
struct Desk<'a> {
    texts: &'a Texts,
    former: &'a [Texts],
    path: &'a str,
    text: &'a str,
}

/// So many of the changes, from the top, are made more often: they keep the blocks.
const OFTEN: usize = 10;

/// What may be done.
const CHANGES: [(&str, Change); 30] = [
    ("another value", another_value),
    ("a word", a_word),
    ("a value less", |reading, random| reading.lines(random, |line, _| Some(line.rsplit_once(", ")?.0.to_owned()))),
    ("a value more", a_value_more),
    ("a field less", |reading, random| reading.lines(random, |line, _| line.contains(": ").then(String::new))),
    ("a field more", a_field_more),
    ("a remark", |reading, random| reading.lines(random, |line, _| Some(format!("# a remark\n\n  {line}  # another")))),
    ("a new word", |reading, random| reading.lines(random, new_word)),
    ("another title", |reading, random| reading.lines(random, another_title)),
    ("other quoted words", |reading, random| reading.lines(random, quoted)),
    ("a block less", |reading, random| {
        let mut blocks = reading.blocks();
        blocks.remove(random.below(blocks.len()));
        reading.with("a block less", blocks.join("\n\n"))
    }),
    ("a block more", |reading, random| {
        let (mut blocks, more) = (reading.blocks(), reading.any_block(random)?);
        blocks.insert(random.below(blocks.len() + 1), &more);
        reading.with("a block more", blocks.join("\n\n"))
    }),
    ("blocks in another order", |reading, random| {
        let mut blocks = reading.blocks();
        random.shuffle(&mut blocks);
        reading.with("blocks in another order", blocks.join("\n\n"))
    }),
    ("another id", |reading, random| reading.lines(random, another_id)),
    ("broken syntax", |reading, random| {
        let bytes = reading.text.bytes().enumerate();
        let at: Vec<usize> = bytes.filter(|(_, byte)| b"{}:\",".contains(byte)).map(|(at, _)| at).collect();
        let at = at.get(random.below(at.len().max(1)))?;
        let put = random.pick(&["", "{", "}", "\"", "\u{200b}"]);
        reading.with("broken syntax", format!("{}{put}{}", &reading.text[..*at], &reading.text[at + 1..]))
    }),
    ("as it was", |reading, random| {
        let before = &reading.former[random.below(reading.former.len())];
        Some(Edit { what: "as it was", path: reading.path.to_owned(), text: before.0.get(reading.path).cloned() })
    }),
    ("an exception", |reading, random| {
        let allow = exception(random);
        reading.lines(random, |line, _| line.ends_with('{').then(|| format!("{line}\n{allow}")))
    }),
    ("no exceptions", |reading, _| {
        let lines = reading.text.lines().filter(|line| !line.trim_start().starts_with("allow:"));
        reading.with("no exceptions", lines.map(|line| format!("{line}\n")).collect())
    }),
    ("lines less", |reading, random| {
        let mut lines: Vec<&str> = reading.text.lines().collect();
        let from = random.below(lines.len().max(1));
        let to = from + 1 + random.below((lines.len() - from).clamp(1, 12));
        lines.drain(from.min(lines.len())..to.min(lines.len()));
        reading.with("lines less", lines.join("\n") + "\n")
    }),
    ("lines pasted", |reading, random| {
        let lines: Vec<&str> = reading.text.lines().collect();
        let from = random.below(lines.len() + 1);
        let to = (from + 1 + random.below(8)).min(lines.len());
        let mut pasted = lines.clone();
        let at = random.below(lines.len() + 1);
        pasted.splice(at..at, lines[from..to].iter().copied());
        reading.with("lines pasted", pasted.join("\n") + "\n")
    }),
    ("a block pasted again", |reading, random| {
        let mut blocks = reading.blocks();
        let block = blocks[random.below(blocks.len())];
        blocks.insert(random.below(blocks.len() + 1), block);
        reading.with("a block pasted again", blocks.join("\n\n"))
    }),
    ("an id changed with all that refer to it", renamed),
    ("a file copied", |reading, random| {
        let name = random.pick(&["c.claims", "d.claims", "sub/e.claims", "0.claims"]);
        Some(Edit { what: "a file copied", path: name.to_owned(), text: Some(reading.text.to_owned()) })
    }),
    ("an empty file", |reading, random| {
        reading.with("an empty file", random.pick(&["", "\n", "# nothing\n"]).to_owned())
    }),
    ("a file that is no text", |reading, _| {
        reading.with("a file that is no text", "actor a\0 {\r}\u{feff}\n".to_owned())
    }),
    ("a namespace", |reading, random| {
        let rest = reading.text.strip_prefix("namespace").and_then(|rest| rest.split_once('\n'));
        let rest = rest.map_or(reading.text, |(_, rest)| rest);
        let head = random.pick(&["", "namespace lease\n", "namespace lease/old\n", "namespace other\n"]);
        reading.with("a namespace", format!("{head}{rest}"))
    }),
    ("a new file", |reading, random| {
        let name = random.pick(&["c.claims", "d.claims", "sub/e.claims", "A.claims"]);
        Some(Edit {
            what: "a new file",
            path: name.to_owned(),
            text: Some(format!("{}\n", reading.any_block(random)?)),
        })
    }),
    ("a file less", |reading, _| Some(Edit { what: "a file less", path: reading.path.to_owned(), text: None })),
    ("a document", a_document),
    ("settings", settings),
];

/// An edit of one file.
pub fn edit(texts: &Texts, former: &[Texts], random: &mut Random) -> Edit {
    loop {
        let claims: Vec<&String> = texts.0.keys().filter(|path| path.ends_with(".claims")).collect();
        let path = if claims.is_empty() { "a.claims" } else { claims[random.below(claims.len())] };
        let reading = Desk { texts, former, path, text: texts.0.get(path).map_or("", String::as_str) };
        let limit = if random.chance(2) { OFTEN } else { CHANGES.len() };
        let (what, change) = CHANGES[random.below(limit)];
        let edit = change(&reading, random).and_then(|edit| more(edit, (texts, former), random));
        if let Some(edit) = edit.filter(|edit| texts.0.get(&edit.path) != edit.text.as_ref()) {
            return Edit { what, ..edit };
        }
    }
}

/// Sometimes the same file changes in several places before anybody looks at it.
fn more(edit: Edit, (texts, former): (&Texts, &[Texts]), random: &mut Random) -> Option<Edit> {
    let Some(text) = edit.text.as_ref().filter(|text| edit.path.ends_with(".claims") && !text.trim().is_empty()) else {
        return Some(edit);
    };
    if !random.chance(5) {
        return Some(edit);
    }
    let reading = Desk { texts, former, path: &edit.path, text };
    let (_, change) = CHANGES[random.below(CHANGES.len())];
    let next = change(&reading, random).filter(|next| next.path == edit.path);
    Some(next.map_or(edit, |next| Edit { what: "several changes", ..next }))
}

/// A line that excuses something, sound or not.
fn exception(random: &mut Random) -> String {
    let rule = random.pick(&[
        "CL0710",
        "CL0101",
        "CL0203",
        "CL0001",
        "CL0901",
        "CL0701",
        "CL0005",
        "CL0091",
        "unused-declaration",
        "nothing",
    ]);
    let reason = random.pick(&["it is so", "it is so", "it is so", ""]);
    let until = random.pick(&["", "", " until 2020-01-01", " until 2030-01-01", " until soon"]);
    match random.below(9) {
        0 => format!("  allow: {rule}"),
        1 => format!("  allow: {rule} \"{reason}\", CL0101 \"and this\"{until}"),
        _ => format!("  allow: {rule} \"{reason}\"{until}"),
    }
}

/// One id of the file written otherwise wherever it stands in it.
fn renamed(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    let headers = reading.text.lines().filter_map(|line| line.strip_suffix('{')?.trim().split(' ').nth(1));
    let ids: Vec<&str> = headers.collect();
    let id = *ids.get(random.below(ids.len().max(1)))?;
    let name = random.pick(&["renamed", "japan", "statement-2"]);
    let whole = |word: &str| if word == id { name.to_owned() } else { word.to_owned() };
    let parts =
        reading.text.split_inclusive(|character: char| !(character.is_alphanumeric() || "-_".contains(character)));
    let parts = parts.map(|part| {
        let end = part.trim_end_matches(|character: char| !(character.is_alphanumeric() || "-_".contains(character)));
        whole(end) + &part[end.len()..]
    });
    reading.with("an id changed with all that refer to it", parts.collect())
}

impl Desk<'_> {
    fn with(&self, what: &'static str, text: String) -> Option<Edit> {
        Some(Edit { what, path: self.path.to_owned(), text: Some(text) })
    }

    fn blocks(&self) -> Vec<&str> {
        self.text.trim_end().split("\n\n").collect()
    }

    /// A block of any file, as it is now or was once.
    fn any_block(&self, random: &mut Random) -> Option<String> {
        let texts = if random.chance(2) { self.texts } else { &self.former[random.below(self.former.len())] };
        let claims: Vec<&String> =
            texts.0.iter().filter(|(path, _)| path.ends_with(".claims")).map(|(_, text)| text).collect();
        let text = claims.get(random.below(claims.len().max(1)))?;
        let blocks: Vec<&str> = text.trim_end().split("\n\n").collect();
        Some(blocks[random.below(blocks.len())].to_owned())
    }

    /// The file with one line changed, of those that can be.
    fn lines(&self, random: &mut Random, change: impl Fn(&str, &mut Random) -> Option<String>) -> Option<Edit> {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        let fitting: Vec<(usize, String)> =
            lines.iter().enumerate().filter_map(|(at, line)| Some((at, change(line, random)?))).collect();
        let (at, line) = fitting.get(random.below(fitting.len().max(1)))?;
        lines[*at].clone_from(line);
        self.with("", lines.join("\n") + "\n")
    }

    /// All values of a field in the project.
    fn values(&self, name: &str) -> Vec<String> {
        let lines =
            self.texts.0.iter().filter(|(path, _)| path.ends_with(".claims")).flat_map(|(_, text)| text.lines());
        let values = lines.filter_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
        values.map(str::to_owned).collect()
    }
}

fn another_value(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    reading.lines(random, |line, random| {
        let (name, _) = line.split_once(": ")?;
        let values = reading.values(name.trim());
        Some(format!("{name}: {}", values.get(random.below(values.len().max(1)))?))
    })
}

fn a_value_more(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    reading.lines(random, |line, random| {
        let (name, _) = line.split_once(": ")?;
        let values = reading.values(name.trim());
        Some(format!("{line}, {}", values.get(random.below(values.len().max(1)))?))
    })
}

/// A line of another block, after a header.
fn a_field_more(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    let all = reading.texts.0.iter().filter(|(path, _)| path.ends_with(".claims")).flat_map(|(_, text)| text.lines());
    let fields: Vec<&str> = all.filter(|line| line.starts_with("  ") && line.contains(": ")).collect();
    let field = fields.get(random.below(fields.len().max(1)))?;
    reading.lines(random, |line, _| line.ends_with('{').then(|| format!("{line}\n{field}")))
}

fn a_word(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    const WORDS: [&str; 12] = [
        "japan",
        "actor-0",
        "scope-0",
        "scope-1",
        "purpose-0",
        "source-0",
        "yes",
        "no",
        "nowhere",
        "1960",
        "statement-3",
        "instrument-0/1",
    ];
    reading.lines(random, |line, random| {
        let (name, values) = line.split_once(": ")?;
        let mut values: Vec<&str> = values.split(", ").collect();
        let at = random.below(values.len());
        values[at] = random.pick(&WORDS);
        Some(format!("{name}: {}", values.join(", ")))
    })
}

fn new_word(line: &str, random: &mut Random) -> Option<String> {
    let (name, _) = line.split_once(": ")?;
    let is_open = ["action", "condition", "if", "unless"].contains(&name.trim());
    is_open.then(|| format!("{name}: {}", random.pick(&["to-run", "to-walk", "to-rum", "by-night"])))
}

fn another_title(line: &str, random: &mut Random) -> Option<String> {
    let header = line.strip_suffix(" {")?;
    let header = header.split(" \"").next()?;
    let title =
        random.pick(&["", " \"the Far East\"", " \"Japan shall not\"", " \"the \\\"odd\\\"\"", " \"12 ships\""]);
    Some(format!("{header}{title} {{"))
}

fn quoted(line: &str, random: &mut Random) -> Option<String> {
    let (before, rest) = line.split_once(" \"").filter(|_| line.contains(": "))?;
    let words = rest.split('"').next()?;
    let mut words: Vec<&str> = words.split(' ').collect();
    let at = random.below(words.len());
    match random.below(3) {
        0 => drop(words.remove(at)),
        1 => words[at] = "[...]",
        _ => words.insert(at, "never"),
    }
    Some(format!("{before} \"{}{}", words.join(" "), &rest[rest.find('"')?..]))
}

fn another_id(line: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = line.strip_suffix('{')?.trim().split(' ').collect();
    let id = words.get(1)?;
    let new = random.pick(&["japan", "harbour", "harbours", "scope-0", "to-run", "statement-1", "new"]);
    Some(line.replacen(&format!(" {id}"), &format!(" {new}"), 1))
}

fn a_document(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    let text = reading.texts.0.get("text.txt").map_or("", String::as_str);
    let mut sentences: Vec<&str> = text.trim().split(". ").collect();
    let text = match random.below(6) {
        0 => None,
        1 => reading.former[0].0.get("text.txt").cloned(),
        2 => Some(text.replace(" the ", " a ")),
        3 => Some(format!("First.\n\n{text}")),
        4 => {
            random.shuffle(&mut sentences);
            Some(sentences.join(". ") + "\n")
        }
        _ => {
            sentences.pop();
            Some(sentences.join(". ") + ".\n")
        }
    };
    Some(Edit { what: "a document", path: "text.txt".to_owned(), text })
}

fn settings(reading: &Desk<'_>, random: &mut Random) -> Option<Edit> {
    let (path, texts) = [
        ("recte.toml", &super::SETTINGS[..]),
        ("recte-baseline.json", &["{}", "{ \"version\": 1, \"findings\": [] }"]),
        ("claims.lock", &["broken"]),
        ("base/recte.toml", &super::BASES[..]),
        ("house.toml", &super::HOUSES[..]),
    ][random.below(5)];
    let text = (!random.chance(3)).then(|| random.pick(texts).to_owned());
    let _ = reading;
    Some(Edit { what: "settings", path: path.to_owned(), text })
}
