//! What a page's head says of the page, to fill what its recipe leaves out.

use super::schema_org::absolute;
use super::{PageRecipe, text};
use scraper::Html;
use scraper::node::Element;

/// Title, description, picture, author, language and address by the head's `<meta>`, `<link>` and
/// the `<html>` element; the first `<h1>` where the head names no title.
pub(super) fn read(page: &Html) -> PageRecipe {
    let mut found = PageRecipe::default();
    let mut first_heading = None;
    let mut site_name = None;
    for node in page.tree.root().descendants() {
        let Some(element) = node.value().as_element() else {
            continue;
        };
        match element.name() {
            "html" => found.language = attr(element, "lang").or(attr(element, "xml:lang")),
            "link" if attr(element, "rel").is_some_and(|rel| rel == "canonical") => {
                found.url = attr(element, "href").as_deref().and_then(absolute);
            }
            "meta" if attr(element, "property").is_some_and(|name| name == "og:site_name") => {
                site_name = attr(element, "content");
            }
            "meta" => meta(element, &mut found),
            "h1" if first_heading.is_none() => {
                first_heading = Some(text::lines_of(node).join(" "));
            }
            _ => {}
        }
    }
    if let Some(heading) = first_heading.filter(|heading| !heading.is_empty()) {
        found.title = heading;
    }
    found.title = dish_name(&found.title, site_name.as_deref());
    found
}

/// A page's title without what is said after a dash or bar: the site's name, or that it is a recipe.
pub(super) fn dish_name(title: &str, site_name: Option<&str>) -> String {
    const RECIPE: &[&str] = &[
        "recipe",
        "recept",
        "rezept",
        "recette",
        "receta",
        "receita",
        "ricetta",
        "przepis",
        "opskrift",
        "oppskrift",
        "рецепт",
        "레시피",
        "レシピ",
    ];
    let mut title = title;
    while let Some((dish, addition)) = [" - ", " – ", " — ", " | "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .min_by_key(|(_, addition)| addition.len())
    {
        let addition = addition.trim().to_lowercase();
        let is_site = site_name.is_some_and(|site| {
            let site = site.trim().to_lowercase();
            !site.is_empty() && (site.contains(&addition) || addition.contains(&site))
        });
        if dish.trim().is_empty() || !(is_site || RECIPE.contains(&addition.as_str())) {
            break;
        }
        title = dish.trim();
    }
    title.to_owned()
}

fn attr(element: &Element, name: &str) -> Option<String> {
    let value = element.attr(name)?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn meta(element: &Element, found: &mut PageRecipe) {
    let Some(content) = attr(element, "content") else {
        return;
    };
    let name = attr(element, "property").or(attr(element, "name"));
    let keep = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    match name.unwrap_or_default().to_ascii_lowercase().as_str() {
        "og:title" if found.title.is_empty() => found.title = text::line(&content),
        "og:image" => keep(&mut found.image, absolute(&content)),
        "og:url" => keep(&mut found.url, absolute(&content)),
        "og:description" | "description" => {
            keep(&mut found.description, Some(text::line(&content)));
        }
        "author" => keep(&mut found.author, Some(text::line(&content))),
        "og:locale" => keep(&mut found.language, Some(content.replace('_', "-"))),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additions_to_titles_go() {
        assert_eq!(dish_name("Bibimbap – Recept | Our Table", Some("Our Table")), "Bibimbap");
        assert_eq!(dish_name("Soup - hot and sour", Some("Our Table")), "Soup - hot and sour");
        assert_eq!(dish_name("Recipe", None), "Recipe");
    }
}
