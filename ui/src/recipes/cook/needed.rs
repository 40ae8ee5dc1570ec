//! The ingredients that a step speaks of.

use hnh_domain::recipes::Ingredient;
use hnh_domain::text::Lang;

/// A word's singular, by its ending alone.
fn singular(word: &str) -> &str {
    word.strip_suffix("es")
        .filter(|stem| stem.ends_with(['o', 's', 'h', 'x']))
        .or(word.strip_suffix('s'))
        .unwrap_or(word)
}

/// Last words of names that say a kind or a part, where cooks say the word before it ("chicken breast" is "the chicken").
const GENERAL: [&str; 14] = [
    "oil", "sauce", "powder", "juice", "pepper", "bean", "breast", "thigh", "fillet", "mince", "kernel", "white",
    "clove", "stalk",
];
/// What stands behind a Korean noun, nothing too.
const PARTICLES: [&str; 14] = ["", "을", "를", "은", "는", "이", "가", "과", "와", "에", "도", "만", "로", "으로"];

/// Whether a step names an ingredient: by its whole name, or by the last word of it, which is what cooks say ("firm tofu" is
/// "the tofu").
fn names(step: &str, name: &str, lang: Lang) -> bool {
    let name = name.split(['(', ',']).next().unwrap_or_default().trim().to_lowercase();
    let step = step.to_lowercase();
    match lang {
        Lang::Ko => {
            let last = name.split_whitespace().last().unwrap_or_default();
            if last.chars().count() > 1 {
                return step.contains(last);
            }
            // One syllable stands in too many words: alone or before a particle it is one.
            let is_word = |word: &str| word.strip_prefix(last).is_some_and(|rest| PARTICLES.contains(&rest));
            !last.is_empty() && step.split(|c: char| !c.is_alphanumeric()).any(is_word)
        }
        Lang::En => {
            let words: Vec<&str> = step.split(|c: char| !c.is_alphabetic()).map(singular).collect();
            let wanted: Vec<&str> = name.split_whitespace().map(singular).collect();
            let Some(last) = wanted.last() else { return false };
            let general = GENERAL.contains(last) && wanted.len() > 1;
            // "Sauce" alone may be any: "the soy" is how cooks shorten that one.
            let meant = if general { wanted.first() } else { Some(last) };
            meant.is_some_and(|meant| meant.chars().count() > 2 && words.contains(meant))
                || (general && step.contains(&name))
        }
    }
}

/// The ingredients that a step speaks of, in their order.
pub(super) fn needed<'all>(step: &str, all: &'all [Ingredient], lang: Lang) -> Vec<&'all Ingredient> {
    all.iter().filter(|ingredient| names(step, ingredient.name.get(lang), lang)).collect()
}

#[cfg(test)]
mod tests {
    use hnh_domain::text::Text;

    use super::*;

    fn found(step: &str, all: &[&str], lang: Lang) -> Vec<String> {
        let ingredient = |name: &&str| Ingredient { name: Text::both(*name, *name), ..Ingredient::default() };
        let all: Vec<Ingredient> = all.iter().map(ingredient).collect();
        needed(step, &all, lang).into_iter().map(|of| of.name.get(lang).to_owned()).collect()
    }

    #[test]
    fn a_step_names_what_it_needs() {
        let all = ["firm tofu", "onions", "low-salt soy sauce", "sesame oil", "black pepper", "red pepper", "water"];
        assert_eq!(found("Fry the tofu and onion.", &all, Lang::En), ["firm tofu", "onions"]);
        assert_eq!(found("Finish with sesame and the rest of the water.", &all, Lang::En), ["sesame oil", "water"]);
        assert_eq!(found("Serve at once.", &all, Lang::En), [""; 0]);
        assert_eq!(found("Poach the chicken.", &["chicken breast", "egg whites"], Lang::En), ["chicken breast"]);
    }

    #[test]
    fn korean_steps_name_it_too() {
        let all = ["두부", "다진 마늘", "파", "저염간장"];
        assert_eq!(found("두부를 굽고 마늘을 넣어요.", &all, Lang::Ko), ["두부", "다진 마늘"]);
        assert_eq!(found("접시에 담아요.", &all, Lang::Ko), [""; 0]);
        assert_eq!(found("물과 파를 넣고 끓여요.", &["물", "파"], Lang::Ko), ["물", "파"]);
        assert_eq!(found("물기를 빼고 파슬리를 뿌려요.", &["물", "파"], Lang::Ko), [""; 0]);
    }
}
