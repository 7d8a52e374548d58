//! `recte sql`: every rule has a statement, nothing in claims ends a string, and what SQL cannot say is named.

use std::collections::BTreeSet;

use recte::project::ProjectContext;

use crate::support::{Folder, exit, recte, stderr, stdout};

const CLAIMS: &str = "actor tenant \"it's\\u{202e}'); DROP TABLE block; --\" { is: person }
obligation rent { bearer: tenant  action: pay }
obligation care { bearer: tenant  action: keep }
";

/// Without them a rule is not judged at all.
const EXAMPLES: &str = "[[rule.bad]]\ncode = \"actor a\"\n[[rule.good]]\ncode = \"actor b\"\n";

#[test]
fn every_rule_of_ours_is_said_in_sql() {
    let context = ProjectContext::builtin();
    let mut statements = 0;
    for rule in context.rules.iter() {
        for query in rule.queries() {
            let sql =
                query.sql(&context.schema).unwrap_or_else(|refused| panic!("{}: {}", rule.meta.code, refused.what));
            statements += 1;
            assert!(!sql.contains("NOT IN") && !sql.contains("NULL") && !sql.contains("EXISTS"), "{sql}");
            let names = sql.lines().filter(|line| line.contains(" AS MATERIALIZED (")).collect::<Vec<_>>();
            assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "{sql}");
        }
    }
    assert!(statements > 100, "{statements}");
}

#[test]
fn a_statement_reads_step_by_step() {
    let folder = Folder::with(&[("recte.toml", "")]);
    let printed = stdout(&recte(folder.path(), &["sql", "obligation-without-article"]));
    let lines: Vec<&str> = printed.lines().map(str::trim).collect();
    assert_eq!(lines[..2], ["-- CL0101 obligation-without-article, case 1", "WITH RECURSIVE"]);
    let step =
        "SELECT b.\"project\", b.\"id\" AS \"x0\" FROM \"block\" b WHERE b.\"kind\" IN ('obligation', 'prohibition')";
    assert!(lines.contains(&step), "{printed}");
    assert!(printed.contains("JOIN \"statement.cites\" f ON f.\"s\" = t.\"value\""), "{printed}");
    assert!(printed.contains("SELECT t.\"x0\" AS \"n\"\n"), "{printed}");
}

#[test]
fn nothing_in_claims_is_read_as_sql() {
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", CLAIMS)]);
    let output = recte(folder.path(), &["sql", "--facts"]);
    assert_eq!(exit(&output), 0, "{}", stderr(&output));
    let printed = stdout(&output);
    assert!(
        printed.contains("CREATE TABLE \"actor.is\" (\"s\" BIGINT NOT NULL, \"v\" VARCHAR NOT NULL);"),
        "{printed}"
    );
    assert!(printed.contains("(0, ('it''s' || chr(8238) || '''); DROP TABLE block; --'))"), "{printed}");
    assert!(!printed.contains('\u{202e}'));
    // Blocks in the order of the document: the actor, the two duties; what they first use comes last or in between.
    assert!(printed.contains("INSERT INTO \"norm.bearer\" VALUES\n"), "{printed}");
}

#[test]
fn rows_are_numbered_on_from_project_to_project() {
    let folder = Folder::with(&[
        ("one/recte.toml", ""),
        ("one/a.claims", CLAIMS),
        ("two/recte.toml", ""),
        ("two/a.claims", CLAIMS),
    ]);
    let rows = stdout(&recte(folder.path(), &["sql", "CL0101", ".", "--rows"]));
    let rows: Vec<serde_json::Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let numbers: BTreeSet<i64> = rows.iter().map(|row| row["row"][0].as_i64().unwrap()).collect();
    assert_eq!((rows.len(), numbers.len()), (4, 4), "{rows:?}");
    assert_eq!(rows[0]["project"], 0);
    assert_eq!(rows[3]["project"], 1);
    let facts = stdout(&recte(folder.path(), &["sql", "--facts", "one", "two"]));
    assert_eq!(facts.matches("CREATE TABLE \"block\" ").count(), 1);
    assert_eq!(facts.matches("INSERT INTO \"project\" ").count(), 2);
}

#[test]
fn what_sql_cannot_say_is_named() {
    let rule = |condition: &str| {
        format!(
            "[[rule]]\ncode = \"ACME0001\"\nname = \"acme-ids\"\nseverity = \"error\"\ncategory = \"style\"\nwhy = \"So.\"\n\
             for = 'obligation n'\nrequire = '{condition}'\nmessage = \"`{{n.id}}`\"\nlabels = [{{ at = \"n\", text = \"here\" }}]\n\
             help = \"no\"\n{EXAMPLES}"
        )
    };
    let folder = Folder::with(&[("recte.toml", "rules = [\"own.toml\"]\n"), ("own.toml", &rule("n.id = 3"))]);
    assert!(stderr(&recte(folder.path(), &["sql", "acme-ids"])).contains("its table has errors"));
    for (condition, named) in [
        ("n.id matches /\\d+/", "`\\d` in the pattern /\\d+/"),
        ("count(words(n.id | n.action.id)) < 9", "`words` or `lower` of what is not held by a field"),
    ] {
        let folder = Folder::with(&[("recte.toml", "rules = [\"own.toml\"]\n"), ("own.toml", &rule(condition))]);
        folder.write("a.claims", CLAIMS.as_bytes());
        let output = recte(folder.path(), &["sql", "acme-ids"]);
        assert_eq!(exit(&output), 2, "{}{}", stdout(&output), stderr(&output));
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
    let folder = Folder::with(&[("recte.toml", "")]);
    for (arguments, named) in [
        (&["sql"][..], "name a rule"),
        (&["sql", "CL0001"], "it is implemented in recte itself"),
        (&["sql", "obligation-without-artikle"], "obligation-without-article"),
        (&["sql", "CL0101", "nowhere"], "there is no file or folder nowhere"),
    ] {
        let output = recte(folder.path(), arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(named), "{arguments:?}: {}", stderr(&output));
    }
}
