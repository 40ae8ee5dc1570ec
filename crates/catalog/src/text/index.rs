//! The index of words.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use hnh_domain::hangul;
use tantivy::directory::MmapDirectory;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexSettings, TantivyDocument, Term};

use super::BitSet;
use super::analysis::{Script, each_compound, each_variant, each_word, singular, split_clusters, typed_apart};
use super::parts::{Parts, Stands};

/// Memory for the words' table while building; what the rows need comes on top.
const BUILD_MEMORY: usize = 256 << 20;
/// The shortest word in which a typo is forgiven.
const TYPO_LETTERS: usize = 4;
/// The same of a Korean word, in syllables.
const TYPO_SYLLABLES: usize = 3;
/// The shortest halves of a closed compound, in bytes.
const HALF_LETTERS: usize = 3;
/// The shortest halves of a Korean word that may stand apart in a title, in syllables.
const SPACED_SYLLABLES: usize = 2;

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
            indexed_words(text, *kind == FieldKind::Title, &mut all);
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
                if word.starts_with(PART) {
                    continue;
                }
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
fn indexed_words(text: &str, is_title: bool, out: &mut String) {
    let mut folded = String::new();
    each_compound(text, is_title, |closed| {
        folded.clear();
        folded.push_str(closed);
        singular(&mut folded);
        out.push_str(&folded);
        out.push(' ');
    });
    let mut add = |word: &str| {
        out.push_str(word);
        out.push(' ');
    };
    each_word(text, |word, script| match script {
        Script::Spaced => {
            folded.clear();
            folded.push_str(word);
            singular(&mut folded);
            add(&folded);
        }
        Script::Parts => {
            add(word);
            each_short_part(word, &mut add);
            each_variant(word, |variant| {
                add(variant);
                each_short_part(variant, &mut add);
            });
        }
    });
}

/// Marks terms that stand for a part of a word.
const PART: char = '\u{1}';

/// Calls `found` with the terms of a word's shortest parts: each character, each initial consonant and
/// each two in a row. So many words have these that their rows are better kept than united when asked.
fn each_short_part(word: &str, mut found: impl FnMut(&str)) {
    let mut before = None;
    for c in word.chars() {
        found(&format!("{PART}{c}"));
        let initial = hangul::initial(c);
        if let Some(initial) = initial {
            found(&format!("{PART}{initial}"));
            if let Some(before) = before {
                found(&format!("{PART}{before}{initial}"));
            }
        }
        before = initial;
    }
}

/// The term that stands for a part of a word, where it is so short that one does.
fn short_part(word: &str) -> Option<String> {
    let mut chars = word.chars();
    let (first, second, third) = (chars.next()?, chars.next(), chars.next());
    let kept = match second {
        None => true,
        Some(second) => third.is_none() && hangul::is_initial(first) && hangul::is_initial(second),
    };
    kept.then(|| format!("{PART}{word}"))
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

    /// The rows in which every word is found; all rows where the text is blank or punctuation, none where it has other signs alone.
    #[must_use]
    pub fn matches(&self, words: &str, typing: Typing) -> BitSet {
        self.find(&self.words, words, typing)
    }

    /// The rows in whose title every word is found, as [`Self::matches`].
    #[must_use]
    pub fn title_matches(&self, words: &str, typing: Typing) -> BitSet {
        self.find(&self.titles, words, typing)
    }

    /// A damaged file found while reading is logged and its word counts as absent.
    fn find(&self, field: &InvertedIndexReader, text: &str, typing: Typing) -> BitSet {
        let mut words = Vec::new();
        each_word(text, |word, script| words.push((word.to_owned(), script)));
        let last = words.len().saturating_sub(1);
        let mut found: Option<BitSet> = None;
        let mut i = 0;
        while let Some((word, script)) = words.get(i) {
            let closed = words.get(i + 1).filter(|next| *script == Script::Spaced && next.1 == Script::Spaced);
            let closed = closed.map(|next| format!("{word}{}", next.0));
            let rows = match (script, closed) {
                (Script::Parts, _) => self.rows_with_part(field, word),
                // "stir-fry" and "stir fry" are written "stirfry", too.
                (Script::Spaced, Some(closed)) if self.is_word(&closed) => {
                    let open = self.spaced_rows(field, word, false, typing).and_then(|mut rows| {
                        rows.intersect(&self.spaced_rows(field, &words[i + 1].0, i + 1 == last, typing)?);
                        rows.unite(&self.spaced_rows(field, &closed, i + 1 == last, typing)?);
                        Ok(rows)
                    });
                    i += 1;
                    open
                }
                (Script::Spaced, _) => self.spaced_rows(field, word, i == last, typing),
            };
            i += 1;
            let rows = rows.unwrap_or_else(|error| {
                tracing::error!(%error, "the text index is damaged: build the catalogue again");
                BitSet::empty(self.rows)
            });
            match &mut found {
                None => found = Some(rows),
                Some(found) => found.intersect(&rows),
            }
        }
        // Whoever looks for "🍅" does not want everything.
        found.unwrap_or_else(|| if is_blank(text) { BitSet::full(self.rows) } else { BitSet::empty(self.rows) })
    }

    fn rows_with_part(&self, field: &InvertedIndexReader, word: &str) -> std::io::Result<BitSet> {
        let word = split_clusters(word);
        if let Some(term) = short_part(&word) {
            return self.rows_with_any(field, &[term]);
        }
        let mut terms = self.parts.containing(&word, Stands::Anywhere);
        let apart = if terms.is_empty() { typed_apart(&word) } else { None };
        if let Some(apart) = &apart {
            // In 김칙, on the way to 김치국, the last consonant begins the next syllable.
            terms = self.parts.containing(apart, Stands::Anywhere);
        }
        let mut rows = self.rows_with_any(field, &terms)?;
        // Spacing is loose in Korean: 김치찌개 is to find the title 김치 찌개 too.
        let middles = word.char_indices().map(|(i, _)| i).skip(SPACED_SYLLABLES);
        let count = word.chars().count();
        for middle in middles.take((count + 1).saturating_sub(2 * SPACED_SYLLABLES)) {
            let (left, right) = word.split_at(middle);
            let lefts = self.parts.containing(left, Stands::AtEnd);
            let rights = self.parts.containing(right, Stands::AtStart);
            if !lefts.is_empty() && !rights.is_empty() {
                let mut both = self.rows_with_any(&self.titles, &lefts)?;
                both.intersect(&self.rows_with_any(&self.titles, &rights)?);
                rows.unite(&both);
            }
        }
        let letters: Vec<char> = word.chars().collect();
        let whole = letters.len() >= TYPO_SYLLABLES && letters.iter().all(|c| hangul::is_syllable(*c));
        if whole && rows.count() == 0 {
            rows = self.rows_with_any(field, &self.parts.nearly_containing(&letters))?;
        }
        Ok(rows)
    }

    /// Whether some row has the word.
    fn is_word(&self, word: &str) -> bool {
        let mut folded = word.to_owned();
        singular(&mut folded);
        self.words.terms().term_ord(&folded).is_ok_and(|found| found.is_some())
    }

    /// The rows with a word, or with the two words that it is closed up from.
    fn spaced_rows(
        &self,
        field: &InvertedIndexReader,
        word: &str,
        last: bool,
        typing: Typing,
    ) -> std::io::Result<BitSet> {
        let mut rows = self.rows_with_any(field, &self.spaced(word, last, typing)?)?;
        if self.is_word(word) {
            return Ok(rows);
        }
        for middle in HALF_LETTERS..=word.len().saturating_sub(HALF_LETTERS) {
            let Some((left, right)) = word.split_at_checked(middle) else { continue };
            if self.is_word(left) && self.is_word(right) {
                let exactly = |half: &str| {
                    let mut half = half.to_owned();
                    singular(&mut half);
                    self.rows_with_any(field, &[half])
                };
                let mut both = exactly(left)?;
                both.intersect(&exactly(right)?);
                rows.unite(&both);
            }
        }
        Ok(rows)
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

    fn rows_with_any<T: AsRef<[u8]>>(&self, field: &InvertedIndexReader, terms: &[T]) -> std::io::Result<BitSet> {
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
/// Whether a text has nothing but spaces and punctuation.
fn is_blank(text: &str) -> bool {
    let general =
        |c: char| matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '·' | '¿' | '¡' | '«' | '»');
    text.chars().all(|c| c.is_whitespace() || c.is_control() || c.is_ascii_punctuation() || general(c))
}
