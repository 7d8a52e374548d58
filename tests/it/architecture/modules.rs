//! The modules of the program and what each of them takes from which other, read from every path that is written in them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module by the names from the root of the crate; a file, or a module inside of one.
pub type Module = Vec<String>;

/// A path that stands in a module, and how.
struct Mention {
    from: Module,
    path: Vec<String>,
    kind: MentionKind,
}

#[derive(Clone, PartialEq)]
enum MentionKind {
    /// `use path as name`.
    Import { name: String, is_public: bool },
    /// A path in a type or an expression.
    Inline,
}

/// A type that is declared, and whether it says `pub` without a restriction.
pub struct Declared {
    pub module: Module,
    pub name: String,
    pub is_public: bool,
}

/// All files of a crate: its modules, its types, and which module uses which.
#[derive(Default)]
pub struct Modules {
    /// Each module that is a file or stands inside of one, with the file that holds it.
    files: BTreeMap<Module, String>,
    mentions: Vec<Mention>,
    pub types: Vec<Declared>,
}

impl Modules {
    /// Reads files by their paths from `src/`.
    pub fn read<'text>(sources: impl IntoIterator<Item = (&'text str, &'text str)>) -> Modules {
        let mut modules = Modules::default();
        for (file, text) in sources {
            let module = module_of(file);
            modules.files.insert(module.clone(), file.to_owned());
            let tokens: TokenStream = text.parse().unwrap_or_else(|_| panic!("{file} is Rust"));
            modules.walk((&module, file), &tokens.into_iter().collect::<Vec<_>>(), true);
        }
        modules
    }

    /// Which file uses which others. A parent that declares its children or passes on what they export uses none of them.
    pub fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let names = self.names();
        let mut uses = BTreeMap::<&str, BTreeSet<&str>>::new();
        for mention in &self.mentions {
            let Some(target) = self.target(&names, (&mention.from, &mention.path), 0) else { continue };
            let passes_on = matches!(mention.kind, MentionKind::Import { is_public: true, .. });
            let is_child = target.len() > mention.from.len() && target.starts_with(&mention.from);
            let (from, to) = (self.files[&mention.from].as_str(), self.files[&target].as_str());
            if from != to && !(passes_on && is_child) {
                uses.entry(from).or_default().insert(to);
            }
        }
        uses
    }

    /// What each name that a module imports stands for.
    fn names(&self) -> BTreeMap<(&Module, &str), &Vec<String>> {
        let imports = self.mentions.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Import { name, .. } => Some(((&mention.from, name.as_str()), &mention.path)),
            MentionKind::Inline => None,
        });
        imports.collect()
    }

    /// The module in which that is declared which a path leads to, if it is one of ours.
    fn target(
        &self,
        names: &BTreeMap<(&Module, &str), &Vec<String>>,
        (from, path): (&Module, &[String]),
        depth: usize,
    ) -> Option<Module> {
        let (mut at, mut rest) = match path[0].as_str() {
            "crate" | "recte" => (Module::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from[..from.len() - 1].to_vec(), &path[1..]),
            first if self.files.contains_key(&[from.as_slice(), &[first.to_owned()]].concat()) => (from.clone(), path),
            first => {
                let imported =
                    names.get(&(from, first)).filter(|imported| depth < 16 && imported.as_slice() != path)?;
                let path = [imported.as_slice(), &path[1..]].concat();
                return self.target(names, (from, &path), depth + 1);
            }
        };
        while let Some(next) = rest.first() {
            let inner = [at.as_slice(), std::slice::from_ref(next)].concat();
            match next.as_str() {
                "super" => drop(at.pop()),
                _ if self.files.contains_key(&inner) => at = inner,
                _ => break,
            }
            rest = &rest[1..];
        }
        // A module that is imported is used where its name is.
        let item = rest.first()?;
        match names.get(&(&at, item.as_str())).filter(|_| depth < 16 && at != *from) {
            Some(passed_on) => {
                let path = [passed_on.as_slice(), &rest[1..]].concat();
                self.target(names, (&at, &path), depth + 1)
            }
            None => Some(at),
        }
    }

    /// Notes what stands in tokens; `is_module` says whether they are items rather than what stands inside of one.
    fn walk(&mut self, (module, file): (&Module, &str), tokens: &[TokenTree], is_module: bool) {
        let mut at = 0;
        while at < tokens.len() {
            at += match word(tokens, at).as_deref() {
                Some("use") => self.import(module, tokens, at),
                Some("mod") if block(tokens, at + 2).is_some() => {
                    let inner = [module.as_slice(), &[word(tokens, at + 1).unwrap_or_default()]].concat();
                    self.files.insert(inner.clone(), file.to_owned());
                    self.walk((&inner, file), &block(tokens, at + 2).unwrap_or_default(), true);
                    3
                }
                // In an `impl`, `type` says what a name of its trait stands for.
                Some("type") if !is_module => 2,
                Some("struct" | "enum" | "trait" | "type" | "union") if is_item(tokens, at) => {
                    let is_public = at.checked_sub(1).and_then(|before| word(tokens, before)).as_deref() == Some("pub");
                    let name = word(tokens, at + 1).unwrap_or_default();
                    self.types.push(Declared { module: module.clone(), name, is_public });
                    2
                }
                Some(_) => self.inline(module, tokens, at),
                None => {
                    if let TokenTree::Group(group) = &tokens[at] {
                        self.walk((module, file), &group.stream().into_iter().collect::<Vec<_>>(), false);
                    }
                    1
                }
            };
        }
    }

    /// Notes what a `use` imports; returns how many tokens it takes.
    fn import(&mut self, module: &Module, tokens: &[TokenTree], at: usize) -> usize {
        let is_sign = |token: &TokenTree, sign| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign);
        let end = (at..tokens.len()).find(|at| is_sign(&tokens[*at], ';')).unwrap_or(tokens.len());
        let before = &tokens[at.saturating_sub(2)..at];
        let is_public = before.iter().any(|token| token.to_string() == "pub");
        for (path, name) in imports(&tokens[at + 1..end], &[]) {
            self.mentions.push(Mention { from: module.clone(), path, kind: MentionKind::Import { name, is_public } });
        }
        end + 1 - at
    }

    /// Notes a path of two names or more; returns how many tokens it takes.
    fn inline(&mut self, module: &Module, tokens: &[TokenTree], at: usize) -> usize {
        let mut path: Vec<String> = word(tokens, at).into_iter().collect();
        let mut end = at + 1;
        while let Some(next) = word(tokens, end + 2).filter(|_| is_path_sign(tokens, end)) {
            path.push(next);
            end += 3;
        }
        if path.len() > 1 {
            self.mentions.push(Mention { from: module.clone(), path, kind: MentionKind::Inline });
        }
        end - at
    }
}

/// The paths of a `use`, each with the name that it gets.
fn imports(tokens: &[TokenTree], before: &[String]) -> Vec<(Vec<String>, String)> {
    let mut path = before.to_vec();
    let mut at = 0;
    while let Some(name) = word(tokens, at) {
        match name.as_str() {
            "as" => return vec![(path, word(tokens, at + 1).unwrap_or_default())],
            "self" if !path.is_empty() => {}
            _ => path.push(name),
        }
        at += 1;
        if is_path_sign(tokens, at) {
            at += 2;
        }
    }
    match tokens.get(at) {
        Some(TokenTree::Group(group)) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
            inner.split(is_comma).filter(|part| !part.is_empty()).flat_map(|part| imports(part, &path)).collect()
        }
        Some(_) => vec![([path, vec!["*".to_owned()]].concat(), "*".to_owned())],
        None => {
            let name = path.last().cloned().unwrap_or_default();
            vec![(path, name)]
        }
    }
}

/// Whether a declaration begins with the word at a place, which could also be the name of a field or a lifetime.
fn is_item(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].to_string());
    let begins = before.is_none_or(|before| {
        matches!(before.as_str(), "pub" | "unsafe" | "}" | ";" | "]") || before.ends_with([')', ']', '}'])
    });
    begins && word(tokens, at + 1).is_some()
}

fn word(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

fn block(tokens: &[TokenTree], at: usize) -> Option<Vec<TokenTree>> {
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

/// The module that a file is.
fn module_of(file: &str) -> Module {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let root = matches!(path, "lib" | "main" | "mod");
    if root { Module::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The groups of children of one folder that lead to each other, for each folder that has one.
pub fn circles<'path>(uses: &BTreeMap<&'path str, BTreeSet<&'path str>>) -> Vec<(String, Vec<String>)> {
    let mut folders = BTreeMap::<String, BTreeMap<String, BTreeSet<String>>>::new();
    for (from, targets) in uses {
        for to in targets {
            let common = from.split('/').zip(to.split('/')).take_while(|(one, other)| one == other).count();
            let name = |file: &str| file.split('/').nth(common).unwrap_or_default().to_owned();
            let folder = from.split('/').take(common).collect::<Vec<_>>().join("/");
            folders.entry(folder).or_default().entry(name(from)).or_default().insert(name(to));
        }
    }
    let mut circles = Vec::new();
    for (folder, uses) in folders {
        let reach: BTreeMap<&String, BTreeSet<&String>> =
            uses.keys().map(|from| (from, reached(&uses, from))).collect();
        let mut told = BTreeSet::new();
        for from in uses.keys() {
            let together = |other: &&&String| reach.get(*other).is_some_and(|back| back.contains(from));
            let circle: Vec<String> = reach[from].iter().filter(together).map(|name| (*name).clone()).collect();
            if circle.len() > 1 && told.insert(circle.clone()) {
                circles.push((folder.clone(), circle));
            }
        }
    }
    circles
}

fn reached<'name>(uses: &'name BTreeMap<String, BTreeSet<String>>, from: &'name String) -> BTreeSet<&'name String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        open.extend(uses.get(next).into_iter().flatten().filter(|target| reached.insert(*target)));
    }
    reached
}
