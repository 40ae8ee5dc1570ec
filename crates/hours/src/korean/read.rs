//! What the words of a text mean to each other.

use super::words::{Half, Word};
use super::{CHUSEOK, SEOLLAL};

const WEEK: u8 = 0b111_1111;
const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const NOON: u16 = 12 * 60;
const MIDNIGHT: u16 = 24 * 60;
/// A range that ends earlier than it begins goes on after midnight only if it ends by then; else it is an error of the source.
const LATEST: u16 = 6 * 60;

/// Hours of some days.
#[derive(Default)]
struct Rule {
    /// None: of all days that no other rule names.
    days: Option<u8>,
    holidays: bool,
    spans: Vec<(u16, u16)>,
    /// Open from then until all is sold.
    until_sold: Option<u16>,
    breaks: Vec<(u16, u16)>,
    last_orders: Vec<u16>,
    /// It began within brackets, and they are closed: nothing more is said of it.
    done: bool,
    in_brackets: bool,
}

impl Rule {
    fn says_nothing(&self) -> bool {
        self.days.is_none() && !self.holidays && self.spans.is_empty() && self.until_sold.is_none()
    }
}

/// The hours of a text.
pub(super) struct Rules(Vec<Rule>);

/// Days on which a place is closed whatever its hours.
#[derive(Default)]
pub(super) struct Closings {
    days: u8,
    /// Days and which of a month.
    nth: Vec<(u8, Vec<u8>)>,
    every_other: u8,
    holidays: bool,
    seollal: bool,
    chuseok: bool,
}

/// Some days.
struct Days {
    days: u8,
    holidays: bool,
}

/// Reads days from `at`, one after the other or as ranges: what they are, and where they end.
fn days(words: &[Word], mut at: usize) -> Option<(Days, usize)> {
    let mut found = Days { days: 0, holidays: false };
    let mut end = None;
    loop {
        match words.get(at) {
            Some(Word::Day(from)) => {
                if let (Some(Word::To), Some(Word::Day(to))) = (words.get(at + 1), words.get(at + 2)) {
                    let mut day = *from;
                    found.days |= 1 << day;
                    while day != *to {
                        day = (day + 1) % 7;
                        found.days |= 1 << day;
                    }
                    at += 3;
                } else {
                    found.days |= 1 << from;
                    at += 1;
                }
            }
            Some(Word::Days(days)) => {
                found.days |= days;
                at += 1;
            }
            Some(Word::Holidays) => {
                found.holidays = true;
                at += 1;
            }
            _ => break,
        }
        end = Some(at);
        match (words.get(at), words.get(at + 1)) {
            (Some(Word::Comma), _) => at += 1,
            // `주말/공휴일`.
            (Some(Word::Separator), Some(Word::Day(_) | Word::Days(_) | Word::Holidays)) => at += 1,
            _ => {}
        }
    }
    Some((found, end?))
}

/// The end of a range in minutes after its day's midnight; none where a text cannot mean it.
fn end_of((from, from_half): (u16, Half), (to, to_half): (u16, Half)) -> Option<u16> {
    if from >= MIDNIGHT {
        return None;
    }
    let said_once = from_half != Half::Unsaid && to_half == Half::Unsaid;
    if said_once && to <= NOON {
        // `오후 5시 ~ 11시`; but `오전 9시 ~ 6시` may be either.
        let later = to + NOON;
        return (from_half == Half::Afternoon && later > from && later <= MIDNIGHT).then_some(later);
    }
    // By a clock of twelve hours without a word for the half.
    if from_half == Half::Unsaid && from < 5 * 60 && to <= NOON && to > from {
        return None;
    }
    match to {
        to if to > from => Some(to),
        to if to <= LATEST && to != from => Some(to + MIDNIGHT),
        _ => None,
    }
}

impl Rules {
    /// Reads a text's words; days off are added to `closings`.
    pub(super) fn read(words: &[Word], closings: &mut Closings) -> Option<Self> {
        let mut reader = Reader { words, at: 0, rules: vec![Rule::default()], depth: 0, closings };
        while reader.at < words.len() {
            reader.next()?;
        }
        let mut rules = reader.rules;
        rules.retain(|rule| !rule.says_nothing() || !rule.breaks.is_empty());
        Some(Self(rules))
    }

    /// Each rule in the standard's form.
    pub(super) fn written(self) -> Option<Vec<String>> {
        let Self(rules) = self;
        if rules.is_empty() || rules.iter().skip(1).any(|rule| rule.days.is_none() && !rule.holidays) {
            return None;
        }
        // A pause that is told once, after the last of several parts of the week, may be meant for all of them.
        let last = rules.last()?;
        let meant = |rule: &Rule, (from, to): (u16, u16)| {
            rule.breaks.is_empty() && rule.spans.iter().any(|(open, close)| *open < from && to < *close)
        };
        if last.breaks.iter().any(|pause| rules.iter().any(|rule| meant(rule, *pause))) {
            return None;
        }
        rules.iter().map(written).collect()
    }
}

/// A rule in the standard's form.
fn written(rule: &Rule) -> Option<String> {
    let mut spans = rule.spans.clone();
    spans.sort_unstable();
    spans.dedup();
    if spans.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return None;
    }
    for (from, to) in &rule.breaks {
        let at = spans.iter().position(|(open, close)| open <= from && to <= close)?;
        let (open, close) = spans[at];
        spans.splice(at..=at, [(open, *from), (*to, close)].into_iter().filter(|(from, to)| from < to));
    }
    let last = spans.last().map(|(_, close)| *close);
    // Orders are not taken after closing: one of the two is wrong.
    let after_closing = |order: &u16| {
        let order = if *order < LATEST { order + MIDNIGHT } else { *order };
        last.is_some_and(|last| order > last)
    };
    if rule.until_sold.is_none() && rule.last_orders.iter().any(after_closing) {
        return None;
    }
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let mut times: Vec<String> = spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
    times.extend(rule.until_sold.map(|from| format!("{}+", clock(from))));
    if times.is_empty() {
        return None;
    }
    let mut days = named(rule.days.unwrap_or(if rule.holidays { 0 } else { WEEK }));
    if rule.holidays {
        days.push("PH".into());
    }
    Some(format!("{} {}", days.join(","), times.join(",")))
}

/// Days in the standard's form: runs of them as ranges.
fn named(days: u8) -> Vec<String> {
    let mut named = Vec::new();
    let mut day = 0;
    while day < 7 {
        if days & (1 << day) == 0 {
            day += 1;
            continue;
        }
        let from = day;
        while day < 7 && days & (1 << day) != 0 {
            day += 1;
        }
        named.push(match day - from {
            1 => NAMES[from].to_owned(),
            _ => format!("{}-{}", NAMES[from], NAMES[day - 1]),
        });
    }
    named
}

struct Reader<'a> {
    words: &'a [Word],
    at: usize,
    rules: Vec<Rule>,
    depth: usize,
    closings: &'a mut Closings,
}

impl Reader<'_> {
    fn word(&self, ahead: usize) -> Option<&Word> {
        self.words.get(self.at + ahead)
    }

    /// The rule that times belong to: another one where no more is said of the last.
    fn rule(&mut self) -> Option<&mut Rule> {
        if self.rules.last().is_none_or(|rule| rule.done) {
            self.rules.push(Rule::default());
        }
        self.rules.last_mut()
    }

    /// A range of times from `at`: from, to, and where it ends.
    fn range(&self, at: usize) -> Option<(u16, u16, usize)> {
        let (Some(Word::Time(from, from_half)), Some(Word::To), Some(Word::Time(to, to_half))) =
            (self.words.get(at), self.words.get(at + 1), self.words.get(at + 2))
        else {
            return None;
        };
        let end = end_of((*from, *from_half), (*to, *to_half))?;
        let after = match self.words.get(at + 3..) {
            Some([Word::Open, Word::NextDay, Word::Close, ..]) => 6,
            Some([Word::NextDay, ..]) => 4,
            _ => 3,
        };
        Some((*from, end, at + after))
    }

    fn next(&mut self) -> Option<()> {
        match self.word(0)? {
            Word::Open => {
                self.depth += 1;
                self.at += 1;
            }
            Word::Close => {
                self.depth = self.depth.checked_sub(1)?;
                if let Some(rule) = self.rules.last_mut().filter(|rule| rule.in_brackets) {
                    rule.done = true;
                }
                self.at += 1;
            }
            Word::Separator | Word::Comma | Word::AlwaysOpen => self.at += 1,
            Word::AllDay => {
                self.rule()?.spans.push((0, MIDNIGHT));
                self.at += 1;
            }
            Word::Day(_) | Word::Days(_) | Word::Holidays => self.days()?,
            Word::Time(..) => self.times()?,
            Word::Break => {
                let (from, to, next) = self.range(self.at + 1)?;
                self.rule()?.breaks.push((from, to));
                self.at = next;
            }
            Word::LastOrder => {
                self.at += 1;
                self.last_orders()?;
            }
            Word::Opens => {
                let (
                    Some(Word::Time(from, _)),
                    Some(Word::Separator | Word::Comma),
                    Some(Word::Closes),
                    Some(Word::Time(to, _)),
                ) = (self.word(1), self.word(2), self.word(3), self.word(4))
                else {
                    return None;
                };
                let span = (*from, end_of((*from, Half::Unsaid), (*to, Half::Unsaid))?);
                self.rule()?.spans.push(span);
                self.at += 5;
            }
            Word::Closed | Word::Nth(_) | Word::EveryOther | Word::Seollal | Word::Chuseok => {
                let (read, closed) = self.closings.read_from(self.words, self.at)?;
                // Among hours, days off are named as such.
                if !closed {
                    return None;
                }
                self.at = read;
            }
            Word::To | Word::NextDay | Word::UntilSold | Word::Closes => return None,
        }
        Some(())
    }

    /// Days off, days of the hours that follow, or in brackets those of the hours before.
    fn days(&mut self) -> Option<()> {
        let (found, next) = days(self.words, self.at)?;
        if matches!(self.words.get(next), Some(Word::Closed | Word::Seollal | Word::Chuseok)) {
            let (read, closed) = self.closings.read_from(self.words, self.at)?;
            self.at = read;
            return closed.then_some(());
        }
        let in_brackets = self.depth > 0;
        let ends_here = matches!(self.words.get(next), Some(Word::Close));
        // `평일 - 11:00~21:00`.
        let dash = matches!(self.words.get(next..), Some([Word::To, Word::Time(..), ..]));
        self.at = next + usize::from(dash);
        let last = self.rules.last_mut()?;
        // `(평일) 10:00~19:30 / (토요일) 10:00~15:00`.
        let before = ends_here && matches!(self.words.get(next + 1), Some(Word::Time(..)));
        if in_brackets && ends_here && !before {
            // `08:00~23:30(월~토)`.
            if last.days.is_some() || last.holidays || last.done || last.spans.is_empty() && last.until_sold.is_none() {
                return None;
            }
            (last.days, last.holidays) = ((found.days != 0).then_some(found.days), found.holidays);
            last.done = true;
            return Some(());
        }
        let rule = Rule {
            days: (found.days != 0).then_some(found.days),
            holidays: found.holidays,
            in_brackets: in_brackets && !before,
            ..Rule::default()
        };
        if last.says_nothing() {
            *last = rule;
        } else {
            self.rules.push(rule);
        }
        Some(())
    }

    /// A range, with what is said of it; or orders' ends.
    fn times(&mut self) -> Option<()> {
        if let (Word::Time(from, _), Some(Word::To), Some(Word::UntilSold)) =
            (self.word(0)?, self.word(1), self.word(2))
        {
            let from = *from;
            let rule = self.rule()?;
            rule.until_sold = Some(from);
            self.at += 3;
            return Some(());
        }
        if matches!(self.word(1), Some(Word::To)) {
            let (from, to, mut next) = self.range(self.at)?;
            let pause = match self.words.get(next) {
                // `10:00-22:00 브레이크타임 15:00-17:00` says it of the next range.
                Some(Word::Break) => self.range(next + 1).is_none(),
                Some(Word::Open) => matches!(self.words.get(next + 1..), Some([Word::Break, Word::Close, ..])),
                _ => false,
            };
            let in_brackets = matches!(self.words.get(next), Some(Word::Open));
            let rule = self.rule()?;
            if pause {
                rule.breaks.push((from, to));
                next += if in_brackets { 3 } else { 1 };
            } else {
                rule.spans.push((from, to));
            }
            self.at = next;
            return Some(());
        }
        self.last_orders_before()
    }

    /// `14:20, 20:00 라스트오더`.
    fn last_orders_before(&mut self) -> Option<()> {
        let mut at = self.at;
        let mut orders = Vec::new();
        loop {
            match self.words.get(at)? {
                Word::Time(time, _) => orders.push(*time),
                Word::Comma | Word::Separator => {}
                Word::LastOrder => break,
                // `19:30 (라스트오더)`.
                Word::Open if matches!(self.words.get(at + 1..), Some([Word::LastOrder, Word::Close, ..])) => {
                    at += 2;
                    break;
                }
                _ => return None,
            }
            at += 1;
        }
        self.rules.last_mut()?.last_orders.extend(orders);
        self.at = at + 1;
        Some(())
    }

    /// `라스트오더 14:20, 20:00`.
    fn last_orders(&mut self) -> Option<()> {
        let mut orders = Vec::new();
        while let Some(Word::Time(time, _)) = self.word(0) {
            if matches!(self.word(1), Some(Word::To)) {
                return None;
            }
            orders.push(*time);
            self.at += 1;
            if matches!((self.word(0), self.word(1)), (Some(Word::Comma), Some(Word::Time(..)))) {
                self.at += 1;
            }
        }
        if orders.is_empty() {
            return None;
        }
        self.rules.last_mut()?.last_orders.extend(orders);
        Some(())
    }
}

impl Closings {
    /// Reads a text that tells days off and nothing else.
    pub(super) fn read(&mut self, words: &[Word]) -> Option<()> {
        let mut at = 0;
        while at < words.len() {
            match words[at] {
                Word::AlwaysOpen | Word::Comma | Word::Separator | Word::Open | Word::Close => at += 1,
                _ => at = self.read_from(words, at)?.0,
            }
        }
        Some(())
    }

    /// Reads days off from `at`: where they end, and whether a word says that they are off.
    fn read_from(&mut self, words: &[Word], mut at: usize) -> Option<(usize, bool)> {
        let (mut closed, mut any) = (false, false);
        let mut nth = Vec::new();
        let mut every_other = false;
        let mut end = at;
        loop {
            match words.get(at) {
                Some(Word::Closed) => {
                    closed = true;
                    // `정기휴무(매주 일요일)`.
                    at += 1;
                    let brackets = matches!(words.get(at), Some(Word::Open));
                    if any && !brackets {
                        end = at;
                        break;
                    }
                    at += usize::from(brackets);
                }
                Some(Word::Nth(which)) => {
                    nth.push(*which);
                    at += 1;
                    if matches!(words.get(at), Some(Word::Comma)) {
                        at += 1;
                    }
                    continue;
                }
                Some(Word::EveryOther) => {
                    every_other = true;
                    at += 1;
                    continue;
                }
                Some(Word::Seollal) => {
                    self.seollal = true;
                    at += 1;
                    any = true;
                }
                Some(Word::Chuseok) => {
                    self.chuseok = true;
                    at += 1;
                    any = true;
                }
                Some(Word::Day(_) | Word::Days(_) | Word::Holidays) => {
                    let (found, next) = days(words, at)?;
                    // Every day would be no place.
                    if found.days == WEEK {
                        return None;
                    }
                    if every_other {
                        self.every_other |= found.days;
                    } else if nth.is_empty() {
                        self.days |= found.days;
                    } else {
                        self.nth.push((found.days, std::mem::take(&mut nth)));
                    }
                    self.holidays |= found.holidays;
                    (every_other, any, at) = (false, true, next);
                }
                Some(Word::Comma) if any => at += 1,
                Some(Word::Open) if any && matches!(words.get(at + 1), Some(Word::Closed)) => at += 1,
                Some(Word::Close) if closed && any => {
                    end = at + 1;
                    break;
                }
                _ => break,
            }
            end = at;
        }
        (any && nth.is_empty() && !every_other).then_some((end, closed))
    }

    /// Each in the standard's form.
    pub(super) fn written(&self) -> Vec<String> {
        let mut written = Vec::new();
        if self.days != 0 {
            written.push(format!("{} off", named(self.days).join(",")));
        }
        for (days, which) in &self.nth {
            let which: Vec<String> =
                which.iter().map(|n| if *n == 5 { "-1".to_owned() } else { n.to_string() }).collect();
            for (_, name) in NAMES.iter().enumerate().filter(|(day, _)| days & (1 << day) != 0) {
                written.push(format!("{name}[{}] off", which.join(",")));
            }
        }
        if self.every_other != 0 {
            written.push(format!("{} unknown", named(self.every_other).join(",")));
        }
        if self.holidays {
            written.push("PH off".into());
        }
        let dates = |told: bool, dates: &[&str]| {
            let dates = dates.iter().filter(move |_| told);
            dates.map(|date| format!("{date} off")).collect::<Vec<_>>()
        };
        written.extend(dates(self.seollal, &SEOLLAL));
        written.extend(dates(self.chuseok, &CHUSEOK));
        written
    }
}
