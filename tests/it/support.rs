//! What the tests share: projects on disk, and their findings as text.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use recte::model::DateRange;
use recte::project::{self, CheckOutput, NotRead, Tree, join};
use recte::report::{self, Report, Style, Summary};
use recte::rule::{Finding, Gate};

/// The day that counts as today in every test.
pub fn today() -> DateRange {
    DateRange::parse("2026-01-01").unwrap()
}

/// The root of this repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that is removed when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder of its own.
    pub fn new() -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("recte-test-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path.canonicalize().unwrap())
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    /// A copy of a folder of the repository.
    pub fn copy_of(path: &str) -> Folder {
        let folder = Folder::new();
        for (name, bytes) in files_beneath(&repository().join(path)) {
            folder.write(&name, &bytes);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Checks the folder as a project.
    pub fn check(&self) -> CheckOutput {
        project::check(&self.0, &[], today()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every file beneath a folder with its path relative to it, sorted.
pub fn files_beneath(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// The findings that are not silenced.
pub fn open(checked: &CheckOutput) -> Vec<&Finding> {
    checked.findings.iter().filter(|finding| finding.suppressed.is_none()).collect()
}

/// The findings as a person reads them, without the closing words.
pub fn rendered(checked: &CheckOutput) -> String {
    let findings: Vec<Finding> = open(checked).into_iter().cloned().collect();
    written(checked, &findings, "full")
}

/// The findings in one of the formats.
pub fn written(checked: &CheckOutput, findings: &[Finding], format: &str) -> String {
    let report = Report {
        findings,
        excused: &[],
        rules: &checked.rules,
        gate: Gate { fail_on: checked.config.fail_on.value, apart: checked.apart },
        sources: &checked.sources,
        summary: Summary::default(),
        date: "2026-01-01".to_owned(),
    };
    let style = Style::plain();
    let format = report::ALL.iter().find(|known| known.name == format).unwrap();
    let mut bytes = Vec::new();
    (format.write)(&report, &style, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    text.split("checked 0 files").next().unwrap().trim_end().to_owned()
}

/// `code name path:line:column` of each finding that is not silenced.
pub fn places(checked: &CheckOutput) -> Vec<String> {
    let place = |finding: &&Finding| {
        let at = finding.diagnostic.primary.span;
        let source = checked.sources.get(at.source);
        let position = source.position(at.start);
        format!("{} {} {}:{}:{}", finding.diagnostic.code, finding.rule, source.name(), position.line, position.column)
    };
    open(checked).iter().map(place).collect()
}

/// Runs the program in a folder.
pub fn recte(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recte"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env("RECTE_CACHE_DIR", "")
        .output()
        .unwrap()
}

/// The same, with something on standard input.
pub fn recte_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_recte"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// How a run of the program ended.
pub fn exit(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Marsaglia's generator (xorshift): a test needs the same numbers every time, and no more.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// A project in memory: the texts of its files by path.
#[derive(Clone, Default)]
pub struct Texts(pub BTreeMap<String, String>);

impl Tree for Texts {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        assert_eq!(folder, "");
        self.0.keys().filter(|path| path.ends_with(ending)).cloned().collect()
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        self.0.get(path).map(|text| text.len() as u64).ok_or(NotRead::Missing)
    }

    fn bytes(&self, path: &str, _: u64) -> Result<Vec<u8>, NotRead> {
        self.0.get(&join("", path)?).map(|text| text.clone().into_bytes()).ok_or(NotRead::Missing)
    }
}
