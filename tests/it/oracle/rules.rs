//! Makes rules at random: conditions walked from the grammar, with types, so that most of them can be run.

use crate::support::Random;

/// What the parts of a rule say; each can be left out but the first binder and the judgement.
#[derive(Clone, Debug)]
pub struct Words {
    pub bindings: Vec<String>,
    pub when: Vec<String>,
    pub judgement: Vec<String>,
    pub requires: bool,
}

/// What a set holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Node,
    Area,
    Number,
    Date,
    Text,
}

/// The names in scope.
#[derive(Clone, Debug, Default)]
struct Scope(Vec<(String, Sort)>);

/// Steps from a node and from an area, and what they lead to.
const NODE_STEPS: &[(&str, Sort)] = &[
    ("next", Sort::Node),
    ("before-it", Sort::Node),
    ("up", Sort::Node),
    ("below", Sort::Node),
    ("peer", Sort::Node),
    ("near", Sort::Node),
    ("alike", Sort::Node),
    ("~next", Sort::Node),
    ("used-by", Sort::Node),
    ("(next | up)", Sort::Node),
    ("next*", Sort::Node),
    ("next+", Sort::Node),
    ("up*", Sort::Node),
    ("up+", Sort::Node),
    ("peer+", Sort::Node),
    ("near*", Sort::Node),
    ("next?", Sort::Node),
    ("(up | peer)+", Sort::Node),
    ("below+", Sort::Node),
    ("next[is leaf]", Sort::Node),
    ("area", Sort::Area),
    ("around", Sort::Area),
    ("size", Sort::Number),
    ("counts", Sort::Number),
    ("day", Sort::Date),
    ("span", Sort::Date),
    ("label", Sort::Text),
    ("tags", Sort::Text),
    ("spread", Sort::Text),
    ("mood", Sort::Text),
    ("title", Sort::Text),
    ("kind", Sort::Text),
];
const AREA_STEPS: &[(&str, Sort)] = &[
    ("within", Sort::Area),
    ("contains", Sort::Area),
    ("disjoint", Sort::Area),
    ("within*", Sort::Area),
    ("within+", Sort::Area),
    ("contains*", Sort::Area),
    ("nodes", Sort::Node),
    ("size", Sort::Number),
    ("sort", Sort::Text),
];

/// A rule.
pub fn rule(random: &mut Random) -> Words {
    let mut scope = Scope::default();
    let (mut bindings, mut when) = (Vec::new(), Vec::new());
    for nth in 0..1 + random.below(3) {
        let name = ["x", "y", "z"][nth].to_owned();
        let sort = if random.chance(4) { Sort::Area } else { Sort::Node };
        let kinds = if sort == Sort::Area { "area" } else { random.pick(&["node", "node", "leaf", "node | leaf"]) };
        let range = if nth > 0 && random.chance(2) { scope.set(sort, random, 2) } else { None };
        match range {
            Some(set) => bindings.push(format!("{name} in {set}")),
            None => {
                bindings.push(format!("{kinds} {name}"));
                let links = if nth == 0 { 0 } else { 1 + random.below(2) };
                (0..links).for_each(|_| when.extend(scope.link((&name, sort), random)));
            }
        }
        scope.0.push((name, sort));
    }
    for _ in 0..random.below(3) {
        when.push(scope.formula(random, 2));
    }
    let requires = random.chance(2);
    let judgement = (0..1 + random.below(2)).map(|_| scope.formula(random, 3)).collect();
    Words { bindings, when, judgement, requires }
}

impl Words {
    /// The rule with one part less, in every way.
    pub fn smaller(&self) -> Vec<Words> {
        let mut smaller = Vec::new();
        for at in 0..self.when.len() {
            let mut words = self.clone();
            words.when.remove(at);
            smaller.push(words);
        }
        for at in (0..self.judgement.len()).filter(|_| self.judgement.len() > 1) {
            let mut words = self.clone();
            words.judgement.remove(at);
            smaller.push(words);
        }
        if self.bindings.len() > 1 {
            let mut words = self.clone();
            words.bindings.pop();
            smaller.push(words);
        }
        smaller
    }
}

impl Scope {
    fn with(&self, name: &str, sort: Sort) -> Scope {
        let mut inner = self.clone();
        inner.0.push((name.to_owned(), sort));
        inner
    }

    /// A name that the scope lacks.
    fn fresh(&self) -> String {
        format!("v{}", self.0.len())
    }

    fn name(&self, sort: Sort, random: &mut Random) -> Option<&str> {
        let fitting: Vec<&str> = self.0.iter().filter(|(_, of)| *of == sort).map(|(name, _)| name.as_str()).collect();
        (!fitting.is_empty()).then(|| fitting[random.below(fitting.len())])
    }

    /// A condition that links a binder to those before it.
    fn link(&self, (name, sort): (&str, Sort), random: &mut Random) -> Option<String> {
        let own = Scope::default().with(name, sort);
        let want = [Sort::Node, Sort::Area, Sort::Text, Sort::Number][random.below(4)];
        let (mine, other) = (own.set(want, random, 2)?, self.set(want, random, 2)?);
        let word = random.pick(&["overlaps", "overlaps", "same as", "="]);
        let pair = match (word, random.chance(2)) {
            ("=", _) => format!("some {mine} and some {other} and {mine} = {other}"),
            (word, true) => format!("{mine} {word} {other}"),
            (word, false) => format!("{other} {word} {mine}"),
        };
        if random.chance(4) {
            let (more, last) = (own.set(want, random, 1)?, self.set(want, random, 1)?);
            return Some(format!("({pair} or {more} overlaps {last})"));
        }
        Some(pair)
    }

    fn formula(&self, random: &mut Random, depth: usize) -> String {
        let deep = depth > 0;
        for _ in 0..20 {
            let made = match random.below(if deep { 19 } else { 11 }) {
                0 | 1 => self.any_set(random, depth).map(|set| format!("{} {set}", random.pick(QUANTIFIERS))),
                2 | 3 => self.compared(random, depth),
                4 => self.membership(random, depth),
                5 | 6 => self.valued(random),
                7 => self.order(random),
                8 => self.counted(random, depth),
                9 => self.pattern(random),
                10 => self.verdict(random),
                11 | 12 => self.each(random, depth - 1),
                13 => self.all(random, depth - 1),
                14 => Some(format!("not ({})", self.formula(random, depth - 1))),
                15 => Some(self.joined("and", random, depth - 1)),
                16 => Some(self.joined("or", random, depth - 1)),
                17 => Some(self.joined("implies", random, depth - 1)),
                _ => self.each(random, depth - 1),
            };
            if let Some(made) = made {
                return made;
            }
        }
        "some x.id".to_owned()
    }

    fn joined(&self, word: &str, random: &mut Random, depth: usize) -> String {
        let (a, b) = (self.formula(random, depth), self.formula(random, depth));
        format!("(({a}) {word} ({b}))")
    }

    fn each(&self, random: &mut Random, depth: usize) -> Option<String> {
        let sort = block_sort(random);
        let (set, name) = (self.set(sort, random, 2)?, self.fresh());
        let filter = self.with(&name, sort).formula(random, depth);
        Some(format!("({} {name} in {set} where ({filter}))", random.pick(QUANTIFIERS)))
    }

    fn all(&self, random: &mut Random, depth: usize) -> Option<String> {
        let sort = block_sort(random);
        let (set, name) = (self.set(sort, random, 2)?, self.fresh());
        let inner = self.with(&name, sort);
        let filter =
            if random.chance(2) { format!(" where ({})", inner.formula(random, depth)) } else { String::new() };
        Some(format!("(all {name} in {set}{filter}: {})", inner.formula(random, depth)))
    }

    fn compared(&self, random: &mut Random, depth: usize) -> Option<String> {
        let sort = [Sort::Node, Sort::Area, Sort::Number, Sort::Text, Sort::Date][random.below(5)];
        let (left, right) = (self.set(sort, random, depth)?, self.set(sort, random, depth)?);
        Some(format!("{left} {} {right}", random.pick(&["overlaps", "overlaps", "subset of", "same as"])))
    }

    fn membership(&self, random: &mut Random, depth: usize) -> Option<String> {
        let sort = block_sort(random);
        let (name, set) = (self.name(sort, random)?, self.set(sort, random, depth)?);
        Some(format!("{name} {} {set}", random.pick(&["in", "in", "not in"])))
    }

    /// A comparison of single values, where there are any.
    fn valued(&self, random: &mut Random) -> Option<String> {
        let node = self.name(Sort::Node, random)?;
        let order = random.pick(&["=", "!=", "<", "<=", ">", ">="]);
        Some(match random.below(9) {
            0 => format!("(some {node}.size and {node}.size {order} {})", random.below(3)),
            1 => format!("(some {node}.mood and {node}.mood {} \"good\")", random.pick(&["=", "!="])),
            2 => format!("(some {node}.day and {node}.day before 1960-06-23)"),
            3 => format!("(some {node}.span and some {node}.day and {node}.span covers {node}.day)"),
            4 => format!("({node}.size else 1) {order} {}", random.below(3)),
            5 => format!("(some {node}.size and {node}.size * 2 - 1 {order} 2)"),
            6 => format!(
                "(some {node}.up and some {node}.up.size and some {node}.size and {node}.size {order} {node}.up.size)"
            ),
            7 => format!("(some {node}.done and {node}.done {} true)", random.pick(&["=", "!="])),
            _ => format!("(some {node}.day and {node}.day + 30 before 1960-07)"),
        })
    }

    fn order(&self, random: &mut Random) -> Option<String> {
        let sort = block_sort(random);
        let (a, b) = (self.name(sort, random)?.to_owned(), self.name(sort, random)?);
        (a != b).then(|| format!("{a} {} {b}", random.pick(&["before", "=", "!="])))
    }

    fn counted(&self, random: &mut Random, depth: usize) -> Option<String> {
        let order = random.pick(&["=", "!=", "<", "<=", ">", ">="]);
        match random.below(4) {
            0 => {
                let (a, b) = (self.any_set(random, depth)?, self.any_set(random, depth)?);
                Some(format!("count({a}) {order} count({b})"))
            }
            1 => Some(format!("sum({}) {order} {}", self.set(Sort::Number, random, depth)?, random.below(4))),
            2 => {
                let numbers = self.set(Sort::Number, random, depth)?;
                let function = random.pick(&["min", "max"]);
                Some(format!("(some {function}({numbers}) and {function}({numbers}) {order} {})", random.below(3)))
            }
            _ => Some(format!("count({}) {order} {}", self.any_set(random, depth)?, random.below(4))),
        }
    }

    fn pattern(&self, random: &mut Random) -> Option<String> {
        let node = self.name(Sort::Node, random)?;
        let test = random.pick(&["matches /^a/", "starts with \"a\"", "ends with \"b\"", "contains \"c\""]);
        Some(format!("(some {node}.label and {node}.label {test})"))
    }

    fn verdict(&self, random: &mut Random) -> Option<String> {
        let (a, b) = (self.name(Sort::Area, random)?, self.name(Sort::Area, random)?);
        let verdict = random.pick(&["proved", "refuted", "unknown"]);
        Some(format!("{verdict} {a} {} {b}", random.pick(&["within", "overlaps"])))
    }

    fn any_set(&self, random: &mut Random, depth: usize) -> Option<String> {
        let sort = [Sort::Node, Sort::Area, Sort::Number, Sort::Text, Sort::Date][random.below(5)];
        self.set(sort, random, depth)
    }

    /// A set of that sort.
    fn set(&self, sort: Sort, random: &mut Random, depth: usize) -> Option<String> {
        let path = |random: &mut Random| self.path(sort, random);
        if depth == 0 || random.chance(2) {
            return path(random);
        }
        match random.below(6) {
            0 => Some(format!("({} {} {})", path(random)?, random.pick(&["|", "minus", "&"]), path(random)?)),
            1 if matches!(sort, Sort::Node | Sort::Area) => {
                let (set, name) = (path(random)?, self.fresh());
                let filter = self.with(&name, sort).formula(random, depth - 1);
                Some(format!("{{ {name} in {set} where ({filter}) }}"))
            }
            2 if sort == Sort::Text => {
                Some(format!("{}({})", random.pick(&["lower", "words"]), self.path(Sort::Text, random)?))
            }
            3 if sort == Sort::Number => Some(format!("len({})", self.path(Sort::Text, random)?)),
            4 if sort == Sort::Date => {
                Some(format!("{}({})", random.pick(&["start", "end"]), self.path(Sort::Date, random)?))
            }
            _ => path(random),
        }
    }

    /// Up to three steps from a name.
    fn path(&self, sort: Sort, random: &mut Random) -> Option<String> {
        let blocks: Vec<&(String, Sort)> =
            self.0.iter().filter(|(_, of)| matches!(of, Sort::Node | Sort::Area)).collect();
        if blocks.is_empty() {
            return None;
        }
        for _ in 0..8 {
            let (name, mut at) = blocks[random.below(blocks.len())].clone();
            let mut path = name;
            for _ in 0..3 {
                let steps = if at == Sort::Node { NODE_STEPS } else { AREA_STEPS };
                let wanted: Vec<&(&str, Sort)> = steps.iter().filter(|(_, to)| *to == sort).collect();
                let last = random.chance(2) && !wanted.is_empty();
                let (step, to) =
                    if last { *wanted[random.below(wanted.len())] } else { steps[random.below(steps.len())] };
                path = format!("{path}.{step}");
                at = to;
                if at == sort && random.chance(2) || !matches!(at, Sort::Node | Sort::Area) {
                    break;
                }
            }
            if at == sort {
                return Some(path);
            }
        }
        None
    }
}

const QUANTIFIERS: &[&str] = &["some", "some", "no", "one", "lone"];

fn block_sort(random: &mut Random) -> Sort {
    if random.chance(3) { Sort::Area } else { Sort::Node }
}
