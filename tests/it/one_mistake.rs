//! One mistake anywhere in a project is one finding, at the mistake; and files that are not of the project are not shown.

use recte::project::{CheckOutput, ProjectContext, SettingsSource, check_by};
use serde::Deserialize;

use crate::support::{Random, Texts, files_beneath, open, places, repository, today, written};

/// The settings of the project in which mistakes are made.
const SETTINGS: &str = r#"schema = ["schema.toml"]
packs = ["rules.toml"]
exclude = ["drafts/**"]
fail-on = "warning"
[rules]
CL0306 = "info"
DATA0001 = { level = "error" }
[limits]
file-size = "8 MiB"
"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    mistake: Vec<ProjectMistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectMistake {
    name: String,
    file: String,
    find: String,
    with: String,
    expect: String,
}

fn corpus(name: &str) -> Texts {
    let files = files_beneath(&repository().join("claims").join(name));
    Texts(files.into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect())
}

fn check(texts: &Texts) -> CheckOutput {
    check_by(&ProjectContext::open(SettingsSource::own(texts)), texts, &[], today())
}

/// `CODE path:line:column` of each finding.
fn found(texts: &Texts) -> Vec<String> {
    let short = |place: &String| place.split(' ').step_by(2).collect::<Vec<_>>().join(" ");
    places(&check(texts)).iter().map(short).collect()
}

#[test]
fn one_mistake_in_a_project_gives_one_finding() {
    let text = std::fs::read_to_string(repository().join("tests/cases/one-mistake-in-a-project.toml")).unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    let mut project = corpus("reader-data");
    project.0.insert("recte.toml".to_owned(), SETTINGS.to_owned());
    project.0.insert("drafts/old.claims".to_owned(), "actor nobody\n".to_owned());
    assert_eq!(found(&project), Vec::<String>::new());
    let wrong = table.mistake.iter().filter_map(|mistake| {
        let mut texts = project.clone();
        let text = texts.0.get_mut(&mistake.file).unwrap();
        assert!(text.contains(&mistake.find), "{}", mistake.name);
        *text = text.replacen(&mistake.find, &mistake.with, 1);
        let found = found(&texts);
        let is_one = matches!(found.as_slice(), [only] if only.starts_with(&mistake.expect));
        (!is_one).then(|| format!("{}: expected {}, found {found:#?}", mistake.name, mistake.expect))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.mistake.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Otherwise {
    files: std::collections::BTreeMap<String, String>,
    mistake: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    find: String,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    with: String,
    line: usize,
    help: String,
    right: Option<String>,
}

#[test]
fn what_is_written_otherwise_is_one_finding_that_says_how_it_is_written() {
    let text = std::fs::read_to_string(repository().join("tests/cases/written-otherwise.toml")).unwrap();
    let table: Otherwise = toml::from_str(&text).unwrap();
    let project = Texts(table.files.into_iter().collect());
    assert_eq!(found(&project), Vec::<String>::new());
    let mut wrong = Vec::new();
    for (find, row) in table.mistake.iter().flat_map(|place| place.rows.iter().map(|row| (&place.find, row))) {
        let with = |written: &str| {
            let mut texts = project.clone();
            let claims = texts.0.get_mut("notes.claims").unwrap();
            assert!(claims.contains(find), "{find}");
            *claims = claims.replacen(find, written, 1);
            texts
        };
        let checked = check(&with(&row.with));
        let place = format!("notes.claims:{}:", row.line);
        let is_one = matches!(places(&checked).as_slice(), [only] if only.contains(&place));
        let helps: Vec<&str> = open(&checked).iter().filter_map(|finding| finding.diagnostic.help.as_deref()).collect();
        let says = helps.iter().any(|help| help.contains(&row.help));
        let right = row.right.as_ref().map(|right| found(&with(right))).unwrap_or_default();
        if !is_one || !says || !right.is_empty() {
            wrong.push(format!("{}: {:#?}, {helps:?}, {right:?}", row.with, places(&checked)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn blocks_behind_a_field_on_its_line_are_blocks() {
    let around = "actor a \"A\" { is: state }\nscope all \"all\" { dimension: territorial }\n";
    let codes = |articles: &str| {
        let text = format!("{around}instrument t \"T\" {{ parties: a  in-force: 2020.. {articles} }}\n");
        let found = found(&Texts([("a.claims".to_owned(), text)].into()));
        found.into_iter().map(|place| place.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for articles in ["article 1 article 2", "article 1 article 2 article 3", "article 1 article 2 { scope: all }"] {
        assert_eq!(codes(articles), codes(&articles.replace("article", "\n  article")), "{articles}");
        assert!(!codes(articles).contains(&"CL0020".to_owned()), "{articles}");
    }
}

/// What a line becomes by a mistake; nothing if it cannot be made there.
type Make = fn(&str) -> Option<String>;

/// Slips of which each is one mistake wherever it is made.
const SLIPS: [(&str, Make); 19] = [
    ("a missing brace", |line| Some(line.strip_suffix(" {")?.to_owned())),
    ("a bracket for a brace", |line| Some(format!("{} [", line.strip_suffix(" {")?))),
    ("a brace that closes nothing", |line| (line == "}").then(|| "}}".to_owned())),
    ("a brace too early", |line| (line == "  }").then(|| "  }\n  }".to_owned())),
    ("a block that is not closed", |line| (line == "}").then(String::new)),
    ("a missing colon", |line| is_field(line).then(|| line.replacen(": ", " ", 1))),
    ("an equals sign", |line| is_field(line).then(|| line.replacen(": ", " = ", 1))),
    ("a full-width colon", |line| is_field(line).then(|| line.replacen(": ", "： ", 1))),
    ("two colons", |line| is_field(line).then(|| line.replacen(": ", ":: ", 1))),
    ("a missing first mark", |line| has_one_text(line).then(|| line.replacen('"', "", 1))),
    ("a missing last mark", |line| {
        let at = has_one_text(line).then(|| line.rfind('"'))??;
        Some(format!("{}{}", &line[..at], &line[at + 1..]))
    }),
    ("curved marks", |line| has_one_text(line).then(|| line.replacen('"', "“", 1).replacen('"', "”", 1))),
    ("a misspelt field", |line| {
        let (name, rest) = line.split_once(": ").filter(|_| is_field(line))?;
        Some(format!("{name}q: {rest}"))
    }),
    ("a semicolon", |line| is_field(line).then(|| format!("{line};"))),
    ("two commas", |line| {
        (is_field(line) && !line.contains('"') && line.contains(", ")).then(|| line.replacen(", ", ",, ", 1))
    }),
    ("a missing comma", |line| {
        (is_field(line) && !line.contains('"') && line.contains(", ")).then(|| line.replacen(", ", " ", 1))
    }),
    ("a line twice", |line| is_field(line).then(|| format!("{line}\n{line}"))),
    ("a control character", |line| {
        let at = line.find(|next: char| next.is_ascii_lowercase())?;
        Some(format!("{}\u{7}{}", &line[..=at], &line[at + 1..]))
    }),
    ("a remark with strokes", |line| Some(format!("// {}", line.strip_prefix("# ")?))),
];

fn is_field(line: &str) -> bool {
    line.starts_with("  ")
        && line.trim_start().split_once(": ").is_some_and(|(name, _)| !name.contains([' ', '"', '#']))
}

/// Whether a line has one text, which ends on it.
fn has_one_text(line: &str) -> bool {
    !line.starts_with('#') && line.matches('"').count() == 2
}

#[test]
fn a_mistake_anywhere_in_the_shipped_claims_is_one_finding() {
    let mut wrong = Vec::new();
    let mut made = 0;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for name in ["us-japan", "reader-data"] {
        let project = corpus(name);
        let files: Vec<&String> = project.0.keys().filter(|path| path.ends_with(".claims")).collect();
        for (what, make) in SLIPS {
            for _ in 0..4 {
                let path = files[random.below(files.len())];
                let lines: Vec<&str> = project.0[path].lines().collect();
                let fitting: Vec<(usize, String)> =
                    lines.iter().enumerate().filter_map(|(at, line)| Some((at, make(line)?))).collect();
                let Some((at, line)) = fitting.get(random.below(fitting.len().max(1))) else { continue };
                let mut texts = project.clone();
                let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
                lines[*at].clone_from(line);
                texts.0.insert(path.clone(), lines.join("\n") + "\n");
                made += 1;
                let found = found(&texts);
                if found.len() != 1 {
                    wrong.push(format!("{what} in {name}/{path}:{}: {line}\n{found:#?}", at + 1));
                }
            }
        }
    }
    assert!(made > 100, "{made}");
    assert!(wrong.is_empty(), "{} of {made}\n{}", wrong.len(), wrong.join("\n"));
}

/// Files that a checkout may name although they are something else.
#[test]
fn nothing_is_shown_of_a_file_that_is_not_ours() {
    const SECRETS: &str = "TOKEN=s3cr3t-t0ken\nPASSWORD = \"s3cr3t-word\"\n";
    for settings in ["schema = [\".env\"]", "extends = [\".env\"]", "packs = [\".env\"]", "packs = [\"env.toml\"]", ""]
    {
        for secrets in [SECRETS, "PASSWORD = \"s3cr3t-word\"\n"] {
            let mut texts = Texts::default();
            for path in [".env", "env.toml"] {
                texts.0.insert(path.to_owned(), secrets.to_owned());
            }
            if settings.is_empty() {
                texts.0.insert("claims.lock".to_owned(), secrets.to_owned());
                texts.0.insert("recte-baseline.json".to_owned(), secrets.to_owned());
            }
            texts.0.insert("recte.toml".to_owned(), format!("{settings}\n"));
            texts.0.insert("a.claims".to_owned(), "actor japan \"Japan\" { is: state }\n".to_owned());
            let checked = check(&texts);
            assert!(!checked.findings.is_empty(), "{settings}");
            for format in recte::report::ALL {
                let shown = written(&checked, &checked.findings, format.name);
                let leaks = ["s3cr3t", "TOKEN", "PASSWORD"].iter().any(|word| shown.contains(word));
                assert!(!leaks, "{settings} as {}:\n{shown}", format.name);
            }
        }
    }
}
