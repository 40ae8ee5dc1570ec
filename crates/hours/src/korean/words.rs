//! Korean opening hours as words: times, days, and what they mean to each other.

/// What a text says, piece by piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A time of day in minutes, and whether it says which half of the day.
    Time(u16, Half),
    /// Between two times or days: `~`, `-`.
    To,
    /// Days of the week, Monday first.
    Days(u8),
    /// One weekday, which a range may begin or end with.
    Day(u8),
    /// Public holidays.
    Holidays,
    /// New Year by the moon, or Chuseok.
    Seollal,
    Chuseok,
    /// The n-th such day of a month; 5 for the last.
    Nth(u8),
    /// Every other week.
    EveryOther,
    /// A pause: the range before or after it.
    Break,
    /// The last order or admission: not a closing time.
    LastOrder,
    /// Closed.
    Closed,
    /// Never closed.
    AlwaysOpen,
    /// Around the clock.
    AllDay,
    /// Until what there is has been sold.
    UntilSold,
    /// The time after it is when a place opens, or closes.
    Opens,
    Closes,
    /// `(`, `[`.
    Open,
    /// `)`, `]`.
    Close,
    /// Between parts: `/`, `;`, `|`, a line's end.
    Separator,
    /// Between items of a list: `,`, `.`, `·`, `&`.
    Comma,
    /// Until the next day: after a time.
    NextDay,
}

/// Which half of the day a time is said to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// By a clock of 24 hours, or not said.
    Unsaid,
    Morning,
    Afternoon,
}

/// Words with one meaning, or none that changes the times; of those that a text begins with the longest counts.
const WORDS: &[(&str, Option<Word>)] = &[
    ("브레이크타임", Some(Word::Break)),
    ("브레이크", Some(Word::Break)),
    ("breaktime", Some(Word::Break)),
    ("break", Some(Word::Break)),
    ("휴게시간", Some(Word::Break)),
    ("휴식시간", Some(Word::Break)),
    ("준비시간", Some(Word::Break)),
    ("쉬는시간", Some(Word::Break)),
    ("휴게", Some(Word::Break)),
    ("휴식", Some(Word::Break)),
    ("라스트오더", Some(Word::LastOrder)),
    ("주문마감", Some(Word::LastOrder)),
    ("마지막주문", Some(Word::LastOrder)),
    ("입장마감", Some(Word::LastOrder)),
    ("주문은", Some(Word::LastOrder)),
    ("lastorder", Some(Word::LastOrder)),
    ("l.o", Some(Word::LastOrder)),
    ("재료소진시까지", Some(Word::UntilSold)),
    ("소진시까지", Some(Word::UntilSold)),
    ("연중무휴", Some(Word::AlwaysOpen)),
    ("휴무없음", Some(Word::AlwaysOpen)),
    ("휴일없음", Some(Word::AlwaysOpen)),
    ("무휴", Some(Word::AlwaysOpen)),
    ("없음", Some(Word::AlwaysOpen)),
    ("정기휴무일", Some(Word::Closed)),
    ("정기휴무", Some(Word::Closed)),
    ("정기휴일", Some(Word::Closed)),
    ("휴무일", Some(Word::Closed)),
    ("휴무", Some(Word::Closed)),
    ("휴업", Some(Word::Closed)),
    ("쉽니다", Some(Word::Closed)),
    ("격주로", Some(Word::EveryOther)),
    ("격주", Some(Word::EveryOther)),
    ("첫째주", Some(Word::Nth(1))),
    ("둘째주", Some(Word::Nth(2))),
    ("셋째주", Some(Word::Nth(3))),
    ("넷째주", Some(Word::Nth(4))),
    ("마지막주", Some(Word::Nth(5))),
    ("첫번째", Some(Word::Nth(1))),
    ("두번째", Some(Word::Nth(2))),
    ("세번째", Some(Word::Nth(3))),
    ("네번째", Some(Word::Nth(4))),
    ("첫째", Some(Word::Nth(1))),
    ("첫쨰", Some(Word::Nth(1))),
    ("둘째", Some(Word::Nth(2))),
    ("셋째", Some(Word::Nth(3))),
    ("셋쨰", Some(Word::Nth(3))),
    ("넷째", Some(Word::Nth(4))),
    ("첫주", Some(Word::Nth(1))),
    ("마지막", Some(Word::Nth(5))),
    ("법정공휴일", Some(Word::Holidays)),
    ("공휴일", Some(Word::Holidays)),
    ("설날", Some(Word::Seollal)),
    ("구정", Some(Word::Seollal)),
    ("추석", Some(Word::Chuseok)),
    ("설", Some(Word::Seollal)),
    ("평일", Some(Word::Days(0b001_1111))),
    ("주말", Some(Word::Days(0b110_0000))),
    ("매일", Some(Word::Days(0b111_1111))),
    ("주일", Some(Word::Days(0b100_0000))),
    ("주중", Some(Word::Days(0b001_1111))),
    ("전일", Some(Word::Days(0b111_1111))),
    ("오픈", Some(Word::Opens)),
    ("마감", Some(Word::Closes)),
    ("익일", Some(Word::NextDay)),
    ("다음날", Some(Word::NextDay)),
    // Said of every week, of the times themselves, or nothing that changes them.
    ("매주", None),
    ("매월", None),
    ("매달", None),
    ("운영시간", None),
    ("영업시간", None),
    ("영업합니다", None),
    ("영업", None),
    ("운영", None),
    ("당일", None),
    ("연휴", None),
    ("당일휴무", Some(Word::Closed)),
    ("부터", None),
    ("까지", None),
    ("정상", None),
    ("시간", None),
    ("time", None),
    ("타임", None),
    ("정기", None),
    ("및", Some(Word::Comma)),
    ("주", None),
    ("만", None),
];

/// Halves of the day before a time.
const HALVES: &[(&str, Half)] = &[
    ("오전", Half::Morning),
    ("아침", Half::Morning),
    ("새벽", Half::Morning),
    ("am", Half::Morning),
    ("a.m.", Half::Morning),
    ("a.m", Half::Morning),
    ("오후", Half::Afternoon),
    ("저녁", Half::Afternoon),
    ("낮", Half::Afternoon),
    ("밤", Half::Afternoon),
    ("pm", Half::Afternoon),
    ("p.m.", Half::Afternoon),
    ("p.m", Half::Afternoon),
];

const DAYS: [char; 7] = ['월', '화', '수', '목', '금', '토', '일'];

/// Reads a text; none where it says anything that is not known here.
pub(super) fn words(text: &str) -> Option<Vec<Word>> {
    let mut reader = Reader { rest: &tidy(text), words: Vec::new() };
    while !reader.rest.is_empty() {
        reader.next()?;
    }
    Some(reader.words)
}

/// In small letters, without blanks within words that are written with and without them, and with one sign for each meaning.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        tidy.push(match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '∼' | '〜' | '–' | '—' | '-' | '−' => '~',
            '\r' | '\n' | '\u{2028}' | '|' | 'ㅣ' | '│' => ';',
            '\u{a0}' | '\u{3000}' | '\t' => ' ',
            'ㆍ' | '・' | '•' => '·',
            c => c,
        });
    }
    for (apart, together) in [
        ("브레이크 타임", "브레이크타임"),
        ("break time", "breaktime"),
        ("라스트 오더", "라스트오더"),
        ("last order", "lastorder"),
        ("마지막 주문", "마지막주문"),
        ("마지막 오더", "라스트오더"),
        ("입장 마감", "입장마감"),
        ("주문 마감", "주문마감"),
        ("소진 시까지", "소진시까지"),
        ("소진시 까지", "소진시까지"),
        ("재료 소진", "재료소진"),
        ("24시간 영업", "24시간영업"),
        ("연중 무휴", "연중무휴"),
        ("정기 휴무", "정기휴무"),
        ("정기 휴일", "정기휴일"),
        ("정기휴무 없음", "연중무휴"),
        ("정기휴일 없음", "연중무휴"),
        ("정기휴무없음", "연중무휴"),
        ("정기휴일없음", "연중무휴"),
        ("휴무일 없음", "연중무휴"),
        ("휴무일없음", "연중무휴"),
        ("휴무 없음", "휴무없음"),
        ("휴일 없음", "휴일없음"),
        ("토일요일", "토,일요일"),
        ("명절", "설,추석"),
        ("설,추석연휴", "설,추석"),
    ] {
        tidy = tidy.replace(apart, together);
    }
    tidy
}

struct Reader<'a> {
    rest: &'a str,
    words: Vec<Word>,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<()> {
        let c = self.rest.chars().next()?;
        if c == ' ' || c == ':' {
            self.rest = &self.rest[c.len_utf8()..];
            return Some(());
        }
        let sign = match c {
            '~' => Some(Word::To),
            '(' | '[' => Some(Word::Open),
            ')' | ']' => Some(Word::Close),
            '/' | ';' => Some(Word::Separator),
            ',' | '.' | '·' | '&' | '*' => Some(Word::Comma),
            _ => None,
        };
        if let Some(sign) = sign {
            self.rest = &self.rest[c.len_utf8()..];
            self.words.push(sign);
            return Some(());
        }
        // Before what is counted and what is said by a clock.
        if let Some(rest) = self.rest.strip_prefix("24시간영업").or_else(|| self.rest.strip_prefix("24시간")) {
            self.rest = rest;
            self.words.push(Word::AllDay);
            return Some(());
        }
        if c.is_ascii_digit() {
            return self.number(Half::Unsaid);
        }
        if let Some((half, rest)) = HALVES.iter().find_map(|(word, half)| Some((*half, self.rest.strip_prefix(word)?)))
        {
            let rest = rest.trim_start();
            if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            self.rest = rest;
            return self.number(half);
        }
        for (noon, minutes) in [("정오", 720), ("자정", 1440)] {
            if let Some(rest) = self.rest.strip_prefix(noon) {
                self.rest = rest;
                self.words.push(Word::Time(minutes, Half::Unsaid));
                return Some(());
            }
        }
        let known = WORDS.iter().filter_map(|(word, means)| Some((word.len(), means, self.rest.strip_prefix(word)?)));
        if let Some((_, means, rest)) = known.max_by_key(|(length, ..)| *length) {
            self.rest = rest;
            self.words.extend(means.clone());
            return Some(());
        }
        let day = DAYS.iter().position(|day| *day == c)?;
        self.rest = &self.rest[c.len_utf8()..];
        self.rest = self.rest.strip_prefix("요일").unwrap_or(self.rest);
        self.words.push(Word::Day(u8::try_from(day).ok()?));
        Some(())
    }

    /// A time, or the n-th of a month, or a month itself, which is not understood.
    fn number(&mut self, half: Half) -> Option<()> {
        let hour = self.digits(2)?;
        // `15: 00`, `23 :30`.
        if let Some(rest) = self.rest.trim_start_matches(' ').strip_prefix(':') {
            self.rest = rest.trim_start_matches(' ');
            let minute = self.two_digits()?;
            return self.time(hour, minute, half);
        }
        if let Some(rest) = self.rest.strip_prefix('시') {
            self.rest = rest.trim_start_matches(' ');
            if let Some(rest) = self.rest.strip_prefix('반') {
                self.rest = rest;
                return self.time(hour, 30, half);
            }
            let digits = self.rest.chars().take_while(char::is_ascii_digit).count();
            if digits > 0 && self.rest[digits..].starts_with('분') {
                let minute = self.digits(2)?;
                self.rest = self.rest.strip_prefix('분')?;
                return self.time(hour, minute, half);
            }
            return self.time(hour, 0, half);
        }
        // `10~21시`, `오전10 ~ 오후10`: a clock's hours on both sides.
        let after = self.rest.trim_start_matches(' ');
        let begins = after.strip_prefix('~').map(|rest| rest.trim_start_matches(' ')).is_some_and(|rest| {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            (1..=2).contains(&digits) && rest[digits..].starts_with('시')
        });
        if begins {
            return self.time(hour, 0, half);
        }
        if half != Half::Unsaid || !(1..=5).contains(&hour) {
            return None;
        }
        // `1,3번째`, `2.4째주`, `1.3주`: the last number says of what.
        let week = |rest: &str| {
            let rest = rest.trim_start_matches(|c: char| {
                c.is_ascii_digit() || [',', '.', '·', '/', ' ', '&', '째', '번'].contains(&c)
            });
            ["주", "월", "화", "수", "목", "금", "토", "일"].iter().any(|word| rest.starts_with(word))
        };
        if !week(self.rest) {
            return None;
        }
        for after in ["번째주", "째주", "번째", "째", "주차", "주"] {
            if let Some(rest) = self.rest.strip_prefix(after) {
                self.rest = rest;
                break;
            }
        }
        self.words.push(Word::Nth(u8::try_from(hour).ok()?));
        Some(())
    }

    fn time(&mut self, hour: u16, minute: u16, half: Half) -> Option<()> {
        let after = self.rest.trim_start_matches(' ');
        let mut half = half;
        // `11:00a.m.`
        for (word, said) in HALVES {
            if word.is_ascii() && half == Half::Unsaid && after.starts_with(word) && self.rest.len() == after.len() {
                half = *said;
                self.rest = &after[word.len()..];
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                break;
            }
        }
        // A number that goes on is none that people write.
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) || minute > 59 || hour > 30 {
            return None;
        }
        let hour = match half {
            Half::Afternoon if hour < 12 => hour + 12,
            Half::Morning if hour == 12 => 0,
            Half::Morning if hour > 12 => return None,
            _ => hour,
        };
        self.words.push(Word::Time(hour * 60 + minute, half));
        Some(())
    }

    fn digits(&mut self, most: usize) -> Option<u16> {
        let count = self.rest.chars().take_while(char::is_ascii_digit).count();
        if count == 0 || count > most {
            return None;
        }
        let (number, rest) = self.rest.split_at(count);
        self.rest = rest;
        number.parse().ok()
    }

    fn two_digits(&mut self) -> Option<u16> {
        let count = self.rest.chars().take_while(char::is_ascii_digit).count();
        if count == 2 { self.digits(2) } else { None }
    }
}
