//! The index of words.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::directory::MmapDirectory;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexSettings, TantivyDocument, Term};

use super::BitSet;
use super::analysis::{Script, each_variant, each_word, singular, split_clusters, typed_apart};
use super::parts::Parts;

/// Memory for the words' table while building; what the rows need comes on top.
const BUILD_MEMORY: usize = 256 << 20;
/// The shortest word in which a typo is forgiven.
const TYPO_LETTERS: usize = 4;

/// Where in a row a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The name; found by [`TextIndex::title_matches`] too.
    Title,
    /// Anything else it is to be found by.
    Body,
}

/// Whether the last word may be unfinished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A finished keyword: "egg" is not the beginning of "eggplant", but "eggpl" is, being no word.
    Done,
    /// Search while typing: the last word is always also the beginning of a word.
    Ongoing,
}

/// Writes an index row by row.
pub struct TextIndexBuilder {
    writer: SingleSegmentIndexWriter,
    dir: std::path::PathBuf,
    title: Field,
    body: Field,
}

impl TextIndexBuilder {
    /// Begins an index in the folder, which is made where absent and must hold no other index.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let options = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", options.clone());
        let body = schema.add_text_field("body", options);
        let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        let writer = Index::builder()
            .schema(schema.build())
            .settings(settings)
            .single_segment_index_writer(MmapDirectory::open(dir)?, BUILD_MEMORY)?;
        Ok(Self { writer, dir: dir.to_owned(), title, body })
    }

    /// Adds the next row: the first is row 0.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn add(&mut self, texts: &[(FieldKind, &str)]) -> Result<()> {
        let (mut title, mut all) = (String::new(), String::new());
        for (kind, text) in texts {
            let from = all.len();
            indexed_words(text, *kind, &mut all);
            if *kind == FieldKind::Title {
                title.push_str(&all[from..]);
            }
        }
        let mut row = TantivyDocument::new();
        row.add_text(self.title, title);
        row.add_text(self.body, all);
        Ok(self.writer.add_document(row)?)
    }

    /// Writes everything out.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn finish(self) -> Result<()> {
        let index = self.writer.finalize()?;
        let mut parts = Vec::new();
        if let Some(reader) = segment(&index)? {
            let words = reader.inverted_index(self.body)?;
            let mut stream = words.terms().stream()?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                each_word(word, |part, script| {
                    if script == Script::Parts {
                        parts.push(part.to_owned());
                    }
                });
            }
        }
        Parts::write(&self.dir, parts.into_iter())
    }
}

/// Appends the words of a text as they are indexed, each followed by a space.
fn indexed_words(text: &str, kind: FieldKind, out: &mut String) {
    let mut before: Option<String> = None;
    let mut folded = String::new();
    each_word(text, |word, script| {
        folded.clear();
        folded.push_str(word);
        if script == Script::Spaced {
            singular(&mut folded);
        }
        out.push_str(&folded);
        out.push(' ');
        if script == Script::Parts {
            each_variant(word, |variant| {
                out.push_str(variant);
                out.push(' ');
            });
        }
        if kind == FieldKind::Title && script == Script::Parts {
            // Spacing is loose in Korean: 김치 찌개 is to be found as 김치찌개 too.
            if let Some(before) = before.replace(word.to_owned()) {
                out.push_str(&before);
                out.push_str(word);
                out.push(' ');
            }
        } else {
            before = None;
        }
    });
}

/// The one segment; none where no row was added.
fn segment(index: &Index) -> Result<Option<SegmentReader>> {
    let segments = index.searchable_segments()?;
    Ok(segments.first().map(SegmentReader::open).transpose()?)
}

/// An index, mapped into memory.
pub struct TextIndex {
    rows: usize,
    body: Field,
    titles: Arc<InvertedIndexReader>,
    words: Arc<InvertedIndexReader>,
    parts: Parts,
}

impl TextIndex {
    /// Builds the index of rows given by their texts, numbered from 0 in the order given.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn build<'a>(dir: &Path, rows: impl Iterator<Item = Vec<(FieldKind, &'a str)>>) -> Result<()> {
        let mut builder = TextIndexBuilder::new(dir)?;
        for row in rows {
            builder.add(&row)?;
        }
        builder.finish()
    }

    /// Opens an index.
    ///
    /// # Errors
    /// When it is absent or damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        let index = Index::open(MmapDirectory::open(dir)?).with_context(|| format!("no index in {}", dir.display()))?;
        let (title, body) = (index.schema().get_field("title")?, index.schema().get_field("body")?);
        let empty = || Arc::new(InvertedIndexReader::empty(IndexRecordOption::Basic));
        let (rows, titles, words) = match segment(&index)? {
            Some(s) => (s.max_doc() as usize, s.inverted_index(title)?, s.inverted_index(body)?),
            None => (0, empty(), empty()),
        };
        Ok(Self { rows, body, titles, words, parts: Parts::open(dir)? })
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows in which every word is found; all rows where the text has no word.
    #[must_use]
    pub fn matches(&self, words: &str, typing: Typing) -> BitSet {
        self.find(&self.words, words, typing)
    }

    /// The rows in whose title every word is found; all rows where the text has no word.
    #[must_use]
    pub fn title_matches(&self, words: &str, typing: Typing) -> BitSet {
        self.find(&self.titles, words, typing)
    }

    /// A damaged file found while reading is logged and its word counts as absent.
    fn find(&self, field: &InvertedIndexReader, words: &str, typing: Typing) -> BitSet {
        let mut found: Option<BitSet> = None;
        for alternatives in self.terms(words, typing) {
            let rows = self.rows_with_any(field, &alternatives).unwrap_or_else(|error| {
                tracing::error!(%error, "the text index is damaged: build the catalogue again");
                BitSet::empty(self.rows)
            });
            match &mut found {
                None => found = Some(rows),
                Some(found) => found.intersect(&rows),
            }
        }
        found.unwrap_or_else(|| BitSet::full(self.rows))
    }

    /// For each word of a text, the dictionary words that count as it.
    pub(crate) fn terms(&self, text: &str, typing: Typing) -> Vec<Vec<Vec<u8>>> {
        let mut words = Vec::new();
        each_word(text, |word, script| words.push((word.to_owned(), script)));
        let last = words.len().saturating_sub(1);
        let alternatives = |(i, (word, script)): (usize, &(String, Script))| match script {
            Script::Parts => Ok(self.containing(word)),
            Script::Spaced => self.spaced(word, i == last, typing),
        };
        let terms: std::io::Result<Vec<_>> = words.iter().enumerate().map(alternatives).collect();
        terms.unwrap_or_else(|error| {
            tracing::error!(%error, "the dictionary is damaged: build the catalogue again");
            vec![Vec::new()]
        })
    }

    fn containing(&self, word: &str) -> Vec<Vec<u8>> {
        let word = split_clusters(word);
        let mut found = self.parts.containing(&word);
        if found.is_empty() {
            // In 김칙, on the way to 김치국, the last consonant begins the next syllable.
            found = typed_apart(&word).map(|word| self.parts.containing(&word)).unwrap_or_default();
        }
        found.into_iter().map(|word| word.as_bytes().to_vec()).collect()
    }

    fn spaced(&self, word: &str, last: bool, typing: Typing) -> std::io::Result<Vec<Vec<u8>>> {
        let dictionary = self.words.terms();
        let mut folded = word.to_owned();
        singular(&mut folded);
        let mut found = Vec::new();
        if dictionary.term_ord(&folded)?.is_some() {
            found.push(folded.clone().into_bytes());
        }
        if last && (typing == Typing::Ongoing || found.is_empty()) {
            let mut stream = dictionary.range().ge(word).into_stream()?;
            while stream.advance() && stream.key().starts_with(word.as_bytes()) {
                if stream.key() != folded.as_bytes() {
                    found.push(stream.key().to_vec());
                }
            }
        }
        let letters = folded.chars().count() >= TYPO_LETTERS && folded.chars().all(char::is_alphabetic);
        if found.is_empty() && letters {
            let near = FuzzyTermQuery::new(Term::from_field_text(self.body, &folded), 1, true);
            let automaton = near.automaton().map_err(std::io::Error::other)?;
            let mut stream = dictionary.search(automaton).into_stream()?;
            while stream.advance() {
                found.push(stream.key().to_vec());
            }
        }
        Ok(found)
    }

    fn rows_with_any(&self, field: &InvertedIndexReader, terms: &[Vec<u8>]) -> std::io::Result<BitSet> {
        let mut rows = BitSet::empty(self.rows);
        for term in terms {
            let Some(info) = field.terms().get(term)? else { continue };
            let mut blocks = field.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !blocks.docs().is_empty() {
                for row in blocks.docs() {
                    rows.insert(*row as usize);
                }
                blocks.advance();
            }
        }
        Ok(rows)
    }
}
