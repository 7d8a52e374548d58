//! How the numbers of provisions are read in quoted words, by a table of cases.

use recte::model::{Corpus, LexicalFeature, resolve};
use recte::schema::{self, BUILTIN_SCHEMA};
use recte::syntax::parse;
use recte::text::Sources;
use serde::Deserialize;

/// The table: `tests/cases/provisions.toml`.
const CASES: &str = include_str!("../cases/provisions.toml");

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    language: Option<String>,
    named: Vec<String>,
    #[serde(default)]
    own: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
    numbers: Option<Vec<String>>,
}

#[test]
fn provisions_are_read_as_the_table_says() {
    let table: Table = toml::from_str(CASES).unwrap();
    assert!(table.case.len() > 30);
    let wrong: Vec<String> = table.case.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is read otherwise than a case says.
fn wrong(case: &Case) -> Option<String> {
    let corpus = corpus(case);
    let quote = corpus.block_ids().find(|block| corpus.quotation(*block).is_some()).unwrap();
    let said = corpus.features(quote);
    let texts =
        |of: fn(&LexicalFeature) -> Option<&String>| -> Vec<String> { said.iter().filter_map(of).cloned().collect() };
    let named = texts(|feature| if let LexicalFeature::ReadArticle(number) = feature { Some(number) } else { None });
    let own = texts(|feature| if let LexicalFeature::OwnArticle(number) = feature { Some(number) } else { None });
    let told = texts(|feature| if let LexicalFeature::ToldArticle(number) = feature { Some(number) } else { None });
    let numbers = texts(|feature| if let LexicalFeature::Number(number) = feature { Some(number) } else { None });
    let as_said = named == case.named
        && own == case.own
        && told == case.told
        && case.numbers.as_ref().is_none_or(|wanted| *wanted == numbers);
    (!as_said).then(|| format!("{}: named {named:?}, own {own:?}, told {told:?}, numbers {numbers:?}", case.text))
}

fn corpus(case: &Case) -> Corpus {
    let mut sources = Sources::new();
    let builtin: Vec<_> = BUILTIN_SCHEMA.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let (schema, problems) = schema::load(&builtin, &sources);
    assert!(problems.is_empty(), "{problems:?}");
    let language = case.language.as_deref().unwrap_or("en");
    let claims = format!(
        "source text {{ path: \"text.txt\"  language: {language} }}\nfact said {{ quote: text \"{}\" }}\n",
        case.text
    );
    let id = sources.add("test.claims", claims.as_str());
    let parsed = parse(id, &sources);
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    resolve(&[parsed.file], &sources, schema).corpus
}

#[test]
fn a_number_is_written_in_several_ways() {
    let holding = |text: &str| -> Vec<String> {
        let corpus = corpus(&Case {
            text: text.to_owned(),
            language: None,
            named: vec![],
            own: vec![],
            told: vec![],
            numbers: None,
        });
        let quote = corpus.block_ids().find(|block| corpus.quotation(*block).is_some()).unwrap();
        let said = corpus.features(quote).iter();
        said.filter_map(
            |feature| if let LexicalFeature::HoldingArticle(number) = feature { Some(number.clone()) } else { None },
        )
        .collect()
    };
    assert_eq!(holding("Section 7.2. Payment is due"), ["7", "7-2", "7.2", "vii"]);
    assert_eq!(holding("based on Article 5(1)(a)"), ["5", "5(1)", "5(1)(a)", "5-1", "5-1-a", "v"]);
    assert_eq!(holding("based on Article 50bis"), ["50 bis", "50-bis", "50bis"]);
    assert_eq!(holding("ARTICLE IV. Payment is due"), ["4", "iv"]);
    assert_eq!(holding("subject to Article 5"), Vec::<String>::new());
}
