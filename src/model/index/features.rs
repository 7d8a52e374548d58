//! What the words of blocks say, as a table by block.

use std::sync::OnceLock;

use hashbrown::HashMap;

use super::block::BlockId;
use crate::schema::KindId;
use crate::text::Phrases;

/// Something that the words of a block say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LexicalFeature {
    /// A word of a class, in small letters; `opens` when nothing stands before it.
    Word {
        /// The number of the class, as [`Corpus::class`](crate::model::Corpus::class) tells it.
        class: u16,
        /// The words in small letters.
        words: String,
        /// Whether they are the first ones.
        opens: bool,
    },
    /// The number of a provision: `6` of `Article 6(1)`, `20-331` of `section 20-331`.
    Article(String),
    /// The number of the provision whose own text it is: `7` of `Article 7. The tenant ...`.
    OwnArticle(String),
    /// The number of a provision of which it tells what it says, or on which it founds something: `Article 6 provides that ...`.
    ToldArticle(String),
    /// The number of such a provision, or of one that holds it, in one of the ways of writing it.
    HoldingArticle(String),
    /// Another number, without the marks between its digits.
    Number(String),
    /// The number of a provision in figures, however it is written: `6` of `Article VI`.
    ReadArticle(String),
    /// Another number in figures, also when it is written as a word; only where the language's numbers are known.
    ReadNumber(String),
    /// How many things are listed, where that is certain and they are three or more.
    List(usize),
    /// The name of a block.
    Name(BlockId),
}

/// What is said in all blocks, each matched when it is first asked for.
#[derive(Clone, Debug)]
pub(in crate::model) struct LexicalFeatures {
    pub(in crate::model) names: ProperNames,
    /// The classes of words by name: what is matched is compared by their numbers, once for every rule that asks.
    pub(in crate::model) classes: HashMap<String, u16>,
    /// By the number of the block.
    pub(in crate::model) by_block: Vec<OnceLock<Box<[LexicalFeature]>>>,
}

/// The names of the blocks of a corpus.
#[derive(Clone, Debug)]
pub(in crate::model) struct ProperNames {
    pub(in crate::model) phrases: Phrases<(KindId, BlockId)>,
}
