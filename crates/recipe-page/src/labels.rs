//! The words pages head their lists and times with, in the languages recipes are mostly written in.

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// The list of ingredients.
    Ingredients,
    /// The steps.
    Steps,
    /// Something after which neither goes on.
    Other,
}

/// A figure a page labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// Time of preparation.
    Prep,
    /// Time of cooking.
    Cook,
    /// Time in all.
    Total,
    /// How much it makes.
    Yield,
}

const INGREDIENTS: &[&str] = &[
    "ingredients",
    "ingredient list",
    "ingredients list",
    "the ingredients",
    "you will need",
    "you'll need",
    "what you need",
    "what you'll need",
    "what you will need",
    "shopping list",
    "zutaten",
    "zutatenliste",
    "die zutaten",
    "ingrédients",
    "les ingrédients",
    "ingredientes",
    "ingredienti",
    "ingrediënten",
    "ingrediëntenlijst",
    "ingredienten",
    "ingredienser",
    "ingredienserna",
    "składniki",
    "ingrediencie",
    "ingredience",
    "suroviny",
    "hozzávalók",
    "sastojci",
    "sestavine",
    "ingrediente",
    "malzemeler",
    "υλικά",
    "ингредиенты",
    "состав",
    "інгредієнти",
    "продукти",
    "ainekset",
    "nguyên liệu",
    "bahan",
    "bahan-bahan",
    "재료",
    "材料",
    "用料",
    "食材",
    "מצרכים",
    "מרכיבים",
    "المكونات",
    "المقادير",
];

const STEPS: &[&str] = &[
    "directions",
    "instructions",
    "method",
    "preparation",
    "steps",
    "the method",
    "procedure",
    "how to make",
    "how to make it",
    "how to cook",
    "cooking instructions",
    "cooking directions",
    "cooking method",
    "preparation steps",
    "preparation method",
    "recipe instructions",
    "zubereitung",
    "so geht's",
    "so wird's gemacht",
    "anleitung",
    "préparation",
    "la préparation",
    "étapes",
    "réalisation",
    "preparación",
    "elaboración",
    "instrucciones",
    "pasos",
    "modo de preparo",
    "modo de preparação",
    "modo de fazer",
    "preparação",
    "preparazione",
    "procedimento",
    "bereiding",
    "bereidingswijze",
    "instructies",
    "zo maak je het",
    "gör så här",
    "så här gör du",
    "tillagning",
    "instruktioner",
    "fremgangsmåte",
    "fremgangsmåde",
    "slik gjør du",
    "sådan gør du",
    "przygotowanie",
    "sposób przygotowania",
    "wykonanie",
    "postup",
    "postup přípravy",
    "príprava",
    "příprava",
    "elkészítés",
    "elkészítése",
    "priprema",
    "postupak",
    "mod de preparare",
    "yapılışı",
    "hazırlanışı",
    "εκτέλεση",
    "приготовление",
    "способ приготовления",
    "инструкция",
    "приготування",
    "начин на приготвяне",
    "ohje",
    "valmistus",
    "valmistusohje",
    "cách làm",
    "cara membuat",
    "만드는 법",
    "만드는법",
    "만들기",
    "조리법",
    "조리 순서",
    "조리순서",
    "作り方",
    "手順",
    "做法",
    "步骤",
    "步驟",
    "אופן ההכנה",
    "הוראות הכנה",
    "طريقة التحضير",
    "طريقة العمل",
];

const OTHER: &[&str] = &[
    "notes",
    "note",
    "recipe notes",
    "tips",
    "tip",
    "top tip",
    "chef's tip",
    "recipe tips",
    "nutrition",
    "nutrition facts",
    "nutrition information",
    "nutritional information",
    "nutritional facts",
    "equipment",
    "tools",
    "video",
    "reviews",
    "comments",
    "share",
    "print",
    "faq",
    "faqs",
    "frequently asked questions",
    "storage",
    "tags",
    "keywords",
    "related recipes",
    "related",
    "you may also like",
    "you might also like",
    "more recipes",
    "leave a reply",
    "leave a comment",
    "leave a review",
    "rate this recipe",
    "did you make this recipe",
    "about",
    "did you make this",
    "about the author",
    "newsletter",
    "tipp",
    "tipps",
    "nährwerte",
    "kommentare",
    "notas",
    "dicas",
    "conseils",
    "astuces",
    "comentarios",
    "comentários",
    "commentaires",
    "note e consigli",
    "reacties",
    "voedingswaarde",
    "tips & tricks",
    "팁",
    "댓글",
    "영양 정보",
    "コツ",
    "小贴士",
    "小貼士",
];

const PREP: &[&str] = &[
    "prep",
    "prep time",
    "preparation time",
    "preparation",
    "active time",
    "hands-on time",
    "hands on",
    "vorbereitungszeit",
    "vorbereitung",
    "arbeitszeit",
    "temps de préparation",
    "préparation",
    "tiempo de preparación",
    "preparación",
    "tempo de preparo",
    "tempo de preparação",
    "preparo",
    "tempo di preparazione",
    "preparazione",
    "voorbereidingstijd",
    "voorbereiding",
    "bereidingstijd",
    "förberedelser",
    "czas przygotowania",
    "준비 시간",
    "준비시간",
];

const COOK: &[&str] = &[
    "cook",
    "cooking",
    "cook time",
    "cooking time",
    "bake time",
    "baking time",
    "bake",
    "kochzeit",
    "backzeit",
    "koch-/backzeit",
    "temps de cuisson",
    "cuisson",
    "tiempo de cocción",
    "cocción",
    "tempo de cocção",
    "tempo de cozimento",
    "tempo di cottura",
    "cottura",
    "kooktijd",
    "oventijd",
    "czas gotowania",
    "조리 시간",
    "조리시간",
];

const TOTAL: &[&str] = &[
    "total",
    "total time",
    "time",
    "ready in",
    "duration",
    "gesamtzeit",
    "gesamt",
    "temps total",
    "tiempo total",
    "tempo total",
    "tempo totale",
    "totale tijd",
    "tid",
    "total tid",
    "czas całkowity",
    "총 시간",
    "소요시간",
    "소요 시간",
    "所要時間",
];

const YIELD: &[&str] = &[
    "serves",
    "servings",
    "serving",
    "yield",
    "yields",
    "makes",
    "portions",
    "portion",
    "portion(s)",
    "serving(s)",
    "portionen",
    "personen",
    "pour",
    "portionnen",
    "porciones",
    "raciones",
    "porções",
    "rendimento",
    "porzioni",
    "dosi per",
    "porties",
    "aantal personen",
    "portioner",
    "porcje",
    "분량",
    "인분",
];

/// What a line heads, if it is one of the known words, with or without a colon after it. A heading
/// may go on ("Ingredients for 4 people").
pub(super) fn section(line: &str, is_heading: bool) -> Option<Section> {
    /// Longest line taken for a heading, in bytes.
    const LONGEST: usize = 80;
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let plain = lower.trim_matches(|sign: char| !sign.is_alphanumeric());
    [(INGREDIENTS, Section::Ingredients), (STEPS, Section::Steps), (OTHER, Section::Other)]
        .into_iter()
        .find(|(labels, section)| {
            labels.iter().any(|label| {
                let rest = plain.strip_prefix(label);
                rest.is_some_and(|rest| {
                    rest.is_empty()
                        || (is_heading && *section != Section::Other && rest.starts_with([' ', ':', '(', '/', ',']))
                })
            })
        })
        .map(|(_, section)| section)
}

/// The figure whose label starts (`at_start`) or ends a line, and the rest of the line.
pub(super) fn figure(line: &str, at_start: bool) -> Option<(Figure, String)> {
    let lower = line.to_lowercase();
    [(PREP, Figure::Prep), (COOK, Figure::Cook), (TOTAL, Figure::Total), (YIELD, Figure::Yield)]
        .into_iter()
        .flat_map(|(labels, figure)| labels.iter().map(move |label| (*label, figure)))
        .filter_map(|(label, figure)| {
            let rest = if at_start { lower.strip_prefix(label) } else { lower.strip_suffix(label) }?;
            let is_word = !rest.starts_with(char::is_alphabetic) && !rest.ends_with(char::is_alphabetic)
                || rest.contains(char::is_whitespace);
            is_word.then(|| (label.len(), figure, rest.trim().to_owned()))
        })
        // "Total time" rather than "total".
        .max_by_key(|(length, ..)| *length)
        .map(|(_, figure, rest)| (figure, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_words_or_start_with_them() {
        assert_eq!(section("INGREDIENTS:", false), Some(Section::Ingredients));
        assert_eq!(section("재료", true), Some(Section::Ingredients));
        assert_eq!(section("Zutaten für 4 Personen", true), Some(Section::Ingredients));
        assert_eq!(section("Ingredients matter most here", false), None);
        assert_eq!(section("So geht’s", true), Some(Section::Steps));
        assert_eq!(section("Notes", true), Some(Section::Other));
        assert_eq!(section("Methodical cooks", true), None);
    }

    #[test]
    fn figures_take_the_longest_label() {
        let rest = |text: &str| text.to_owned();
        assert_eq!(figure("Total time: 25 min", true), Some((Figure::Total, rest(": 25 min"))));
        assert_eq!(figure("5 mins preparation time", false), Some((Figure::Prep, rest("5 mins"))));
        assert_eq!(figure("Serves 4", true), Some((Figure::Yield, rest("4"))));
        assert_eq!(figure("Cookies", true), None);
    }
}
