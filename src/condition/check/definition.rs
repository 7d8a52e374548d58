//! Definitions: conditions and sets with a name, written once in a rule file and used in its rules.

use super::checker::{BoundName, Checker, MOST_EXPANDED};
use super::vocabulary::{Definition, Definitions, Parameter};
use super::vocabulary::{Params, Vocabulary};
use super::{advice, definition_problems};
use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::{ExpressionSource, OwnedExpression};
use crate::condition::ast::tree::{Expr, Name};
use crate::condition::parse::read::{read_formula, read_name};
use crate::condition::values::function::Function;
use crate::condition::values::types::{Bounds, SetSize, Type};
use crate::diagnostic::Diagnostic;
use crate::schema::Schema;
use crate::text::Spanned;

/// Definitions take what they need, and no settings.
static NO_PARAMS: Params = Params::new();

/// One definition as it stands in a rule file.
#[derive(Clone, Debug)]
pub struct WrittenDefinition<'a> {
    /// What it is called by.
    pub name: ExpressionSource<'a>,
    /// What it takes, in order: the name, and the type.
    pub params: Vec<(ExpressionSource<'a>, ExpressionSource<'a>)>,
    /// What it stands for.
    pub is: ExpressionSource<'a>,
}

impl Definitions {
    /// Reads and checks definitions; each may use those that stand before or after it, but none may lead to itself.
    ///
    /// Returns every problem with an RL code and its place. What is wrong stays known by its name, so that the rules
    /// that use it say nothing more about it.
    pub fn read(written: &[WrittenDefinition<'_>], schema: &Schema) -> (Definitions, Vec<Diagnostic>) {
        let mut definitions = Definitions::default();
        let mut problems = Vec::new();
        for one in written {
            let Some((name, definition)) = read(one, schema, &mut problems) else { continue };
            match definitions.0.get(&name.value) {
                Some(first) => problems.push(definition_problems::defined_twice(&name, first.name.span)),
                None => drop(definitions.0.insert(name.value.clone(), Definition { name, ..definition })),
            }
        }
        let mut outgrown = false;
        for one in written {
            let (stands, mut found) = definitions.check(one, schema);
            // Of many that grow beyond bounds, the first is enough to be told of.
            found.retain(|problem| !outgrown || !definition_problems::is_growth(problem));
            outgrown |= found.iter().any(definition_problems::is_growth);
            if let (false, Some(definition)) = (stands, definitions.0.get_mut(one.name.text)) {
                definition.body = None;
            }
            problems.extend(found);
        }
        (definitions, problems)
    }

    /// The same definitions with another meaning of one of them; nothing if it cannot mean that.
    pub(crate) fn with(&self, name: &str, body: Expr, schema: &Schema) -> Option<Definitions> {
        let mut changed = self.clone();
        changed.0.get_mut(name)?.body = Some(body);
        let (name, definition) = changed.get_key_value(name)?;
        let (stands, checker) = changed.expanded(name, definition, schema);
        let is_sound = stands && checker.circle.is_none() && checker.problems.iter().all(advice::is_advice);
        is_sound.then_some(changed)
    }

    /// Whether what a definition stands for can be used, and what was met in it.
    fn expanded<'a>(&'a self, name: &'a str, definition: &Definition, schema: &'a Schema) -> (bool, Checker<'a>) {
        let mut checker = Checker::new(Vocabulary { schema, params: &NO_PARAMS, definitions: self }, Vec::new());
        for param in &definition.params {
            let (name, holds, card) = (param.name.clone(), Some(param.holds.clone()), param.card);
            checker.bind_name(BoundName { name, holds, card, alias: None });
        }
        checker.expanding.push(name);
        let stands = definition.body.as_ref().is_some_and(|body| checker.either(body).is_some());
        (stands, checker)
    }

    /// Whether a definition can be used, and everything that is wrong with what it stands for, whoever uses it.
    fn check(&self, written: &WrittenDefinition<'_>, schema: &Schema) -> (bool, Vec<Diagnostic>) {
        let Some((name, definition)) = self.0.get_key_value(written.name.text) else { return (false, Vec::new()) };
        // Of two with one name only the first is known.
        let is_known = definition.name.span == written.name.at;
        if !is_known || definition.body.is_none() {
            return (!is_known, Vec::new());
        }
        let (stands, checker) = self.expanded(name, definition, schema);
        let unused = definition.params.iter().filter(|param| !written.is.mentions(&param.name.value));
        let mut problems = checker.problems;
        problems.extend(
            (checker.expanded > MOST_EXPANDED)
                .then(|| definition_problems::too_many_definitions(written.name.at, MOST_EXPANDED)),
        );
        problems.extend(checker.circle.map(|circle| definition_problems::leads_to_itself(&circle, written.name.at)));
        problems.extend(unused.map(|param| advice::unused_parameter(&param.name)));
        (stands, all_relocated(problems, &[written.is]))
    }
}

/// One definition with what it takes; nothing if its name cannot be used.
fn read(
    written: &WrittenDefinition<'_>,
    schema: &Schema,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Name, Definition)> {
    let name = read_name(&written.name).map_err(|found| problems.extend(found)).ok()?;
    if Function::named(&name.value).is_some() {
        problems.push(definition_problems::taken_by_function(&name));
        return None;
    }
    let mut body = read_formula(&written.is).map_err(|found| problems.extend(found)).ok();
    let mut params = Vec::new();
    for (param, holds_as) in &written.params {
        match read_name(param).and_then(|param| Ok((param, parameter_type(holds_as, schema)?))) {
            Ok((name, (holds, card))) => {
                params.push(Parameter { name, holds, card, written: holds_as.text.trim().to_owned() })
            }
            Err(found) => {
                problems.extend(found);
                body = None;
            }
        }
    }
    Some((name.clone(), Definition { name, params, body, is: OwnedExpression::of(&written.is) }))
}

/// `norm`, `scope | action*`, `date?`: kinds or one sort of values, and how many.
fn parameter_type(written: &ExpressionSource<'_>, schema: &Schema) -> Result<(Type, SetSize), Vec<Diagnostic>> {
    let text = written.text.trim();
    let (names, card) = match text.strip_suffix(['*', '?']) {
        Some(names) if text.ends_with('*') => (names, SetSize::MANY),
        Some(names) => (names, SetSize::OPTIONAL),
        None => (text, SetSize::ONE),
    };
    let holds = match names.trim() {
        "text" => Type::Text(None),
        "number" => Type::Number,
        "date" => Type::Days(Bounds::Open),
        "flag" => Type::Flag,
        "any" => Type::Blocks(schema.concrete(&[])),
        kinds => {
            let mut known = Vec::new();
            for kind in kinds.split('|').map(str::trim) {
                let unknown =
                    || vec![definition_problems::no_parameter_type(&Spanned::new(kind.to_owned(), written.at), schema)];
                known.push(schema.kind_named(kind).ok_or_else(unknown)?);
            }
            Type::Blocks(schema.concrete(&known))
        }
    };
    Ok((holds, card))
}
