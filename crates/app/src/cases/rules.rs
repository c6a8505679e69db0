//! Rule data: what holds here, and packs for the offices below.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::date::month_text;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::rule_pack::{RULE_PACK, RulePack};
use ybz_domain::rules::{Pack, PackError, Rules, Tier};

use crate::ErrorDto;
use crate::cx::{Cx, Edits, Layer, rule_in};
use crate::dto::rules::{PackInput, PackOutput, PackRow, PackText, RulesList, RulesView, SentPack, TierRow};
use crate::error::Answer;

/// Codes of what is wrong with a pack, and what its reader says.
fn fault(error: &PackError) -> (&'static str, String) {
    match error {
        PackError::TooLong => ("too_long", String::new()),
        PackError::Form(detail) => ("form", detail.clone()),
        PackError::Field(field) => ("field", (*field).to_owned()),
        PackError::Version => ("version", String::new()),
        PackError::ArticleMissing(id) => ("article", (*id).to_owned()),
        PackError::ArticleUnknown(id) => ("unknown_article", id.clone()),
        PackError::Unsound(detail) => ("unsound", detail.clone()),
    }
}

fn view(cx: &Cx<'_>, rules: &Rules, from: Option<OfficeId>, citation: &str) -> Answer<RulesView> {
    let tiers = |tiers: &[Tier]| {
        tiers.iter().map(|tier| TierRow { up_to_fen: tier.up_to_fen, rate_bp: tier.rate_bp }).collect()
    };
    let dues = &rules.dues;
    let shown = rules.articles.iter().filter(|one| one.id.starts_with("dues_") || one.id.starts_with("vote"));
    Ok(RulesView {
        version: rules.version.clone(),
        valid_from: rules.valid_from.clone(),
        source: match from {
            None => "builtin",
            Some(from) if from == cx.office => "own",
            Some(_) => "superior",
        }
        .to_owned(),
        from: from.map(|from| cx.name_of(&from)).unwrap_or_default(),
        citation: citation.to_owned(),
        half_opens: rules.vote.half_opens,
        rounding: dues.rounding.as_str().to_owned(),
        cap_fen: dues.cap_fen,
        farmer_min_fen: dues.farmer_min_fen,
        farmer_max_fen: dues.farmer_max_fen,
        relief_fen: dues.relief_fen,
        centre_extra_fen: dues.centre_extra_fen,
        arrears_months: dues.arrears_months,
        back_pay_months: dues.back_pay_months,
        salaried: tiers(&dues.salaried),
        retired: tiers(&dues.retired),
        articles: shown.map(|article| rule_in(rules, &article.id)).collect::<Answer<_>>()?,
    })
}

/// `rules.list`
pub(crate) fn list(cx: &Cx<'_>) -> Answer<RulesList> {
    let layers = cx.layers()?;
    let holding = layers.on(&cx.today_text());
    let current = match holding.and_then(|layer| Some((layer, layer.read.as_ref().ok()?))) {
        Some((layer, (pack, rules))) => view(cx, rules, Some(layer.from), &pack.citation)?,
        None => view(cx, &cx.node.rules, None, "")?,
    };
    let row = |layer: &Layer| {
        let (fault, detail) = layer.read.as_ref().err().map(fault).unwrap_or_default();
        PackRow {
            id: layer.id.to_string(),
            version: layer.kept.version.clone(),
            valid_from: layer.kept.valid_from.clone(),
            from: cx.name_of(&layer.from),
            recorded_on: layer.kept.recorded_on.clone(),
            citation: layer.read.as_ref().map(|(pack, _)| pack.citation.clone()).unwrap_or_default(),
            holds: holding.is_some_and(|holding| holding.id == layer.id),
            fault: fault.to_owned(),
            detail: detail.chars().take(300).collect(),
        }
    };
    Ok(RulesList {
        current,
        packs: layers.0.iter().rev().map(row).collect(),
        may_set_own: cx.superior().is_none(),
        below: u32::try_from(cx.membership().children(&cx.office).len()).unwrap_or(u32::MAX),
    })
}

fn understood(cx: &Cx<'_>, text: &str) -> Answer<(Pack, Rules)> {
    Pack::apply(text, &cx.node.rules).map_err(|error| {
        let (kind, detail) = fault(&error);
        ErrorDto::new("rules_not_understood").at("text").with("kind", kind).with("detail", detail)
    })
}

/// `rules.preview`: what a text would set, before it is sent.
pub(crate) fn preview(cx: &Cx<'_>, input: PackInput) -> Answer<RulesView> {
    let (pack, rules) = understood(cx, &input.text)?;
    view(cx, &rules, Some(cx.office), &pack.citation)
}

/// `rules.template`: what holds now, as a text to begin from; it holds from the first of next month.
pub(crate) fn template(cx: &Cx<'_>) -> Answer<PackText> {
    let next = cx.today.last_of_month().tomorrow().unwrap_or(cx.today);
    let version = format!("{} {}-1", cx.office_name(), next.year());
    let from = format!("{}-01", month_text(next.year(), next.month()));
    Ok(PackText { text: Pack::template(cx.rules(), &version, &from, "") })
}

/// `rules.send`: into the `down/` book of each addressee, or into this office's own while it has no superior. What an office
/// has already is not sent again.
pub(crate) fn send(cx: &Cx<'_>, input: PackInput) -> Answer<PackOutput> {
    let (pack, _) = understood(cx, &input.text)?;
    let kept = RulePack {
        version: pack.version.clone(),
        valid_from: pack.valid_from.clone(),
        text: input.text.clone(),
        recorded_on: cx.today_text(),
    };
    let used =
        sent_packs(cx)?.into_iter().map(|(_, other)| other).chain(cx.layers()?.0.iter().map(|one| one.kept.clone()));
    if used.into_iter().any(|other| other.version == kept.version && other.text != kept.text) {
        return Err(ErrorDto::new("rules_version_used").at("text").with("version", &kept.version));
    }
    let year = cx.today.year();
    let books: Vec<BookKey> = if input.own {
        if cx.superior().is_some() {
            return Err(ErrorDto::new("rules_of_superior").at("own"));
        }
        vec![cx.book(BookKind::tasks(), year)]
    } else {
        let children = cx.membership().children(&cx.office);
        let named: BTreeSet<&str> = input.to.iter().map(String::as_str).collect();
        let to: Vec<OfficeId> = children
            .into_iter()
            .filter(|child| named.is_empty() || named.contains(child.to_string().as_str()))
            .collect();
        if to.is_empty() || (!named.is_empty() && to.len() != named.len()) {
            return Err(ErrorDto::new("office_unknown").at("to"));
        }
        to.into_iter().map(|child| BookKey::dispatch(child, cx.office, year)).collect()
    };
    let has: BTreeSet<OfficeId> = match input.own {
        true => cx.layers()?.0.iter().filter(|layer| layer.kept.text == kept.text).map(|layer| layer.from).collect(),
        false => sent_packs(cx)?.into_iter().filter(|(_, other)| other.text == kept.text).map(|(to, _)| to).collect(),
    };
    let (mut edits, mut out) = (Edits::default(), PackOutput { sent: 0, already: 0 });
    for book in books {
        if has.contains(&book.office) {
            out.already += 1;
            continue;
        }
        let id = kept.id(&book.office);
        edits.push(book, kept.create(id));
        out.sent += 1;
    }
    edits.finish_draft("rules", "new");
    cx.commit(edits)?;
    Ok(out)
}

/// Packs that this office sent down, by addressee.
fn sent_packs(cx: &Cx<'_>) -> Answer<Vec<(OfficeId, RulePack)>> {
    let all = cx.below(RULE_PACK, None)?;
    let sent = all.iter().filter(|stored| stored.book.writer() == cx.office && stored.book.office != cx.office);
    Ok(sent.filter_map(|stored| Some((stored.book.office, RulePack::read(&stored.view)?))).collect())
}

/// `rules.sent`, the newest first.
pub(crate) fn sent(cx: &Cx<'_>) -> Answer<Vec<SentPack>> {
    let children: BTreeSet<OfficeId> = cx.membership().children(&cx.office).into_iter().collect();
    let mut by_text: BTreeMap<String, (RulePack, BTreeSet<OfficeId>)> = BTreeMap::new();
    for (to, pack) in sent_packs(cx)? {
        let entry = by_text.entry(pack.text.clone()).or_insert_with(|| (pack.clone(), BTreeSet::new()));
        if pack.recorded_on < entry.0.recorded_on {
            entry.0.recorded_on = pack.recorded_on;
        }
        entry.1.insert(to);
    }
    let mut out: Vec<SentPack> = by_text
        .into_values()
        .map(|(pack, to)| SentPack {
            sent: u32::try_from(to.len()).unwrap_or(u32::MAX),
            missing: children.difference(&to).map(|office| cx.name_of(office)).collect(),
            version: pack.version,
            valid_from: pack.valid_from,
            sent_on: pack.recorded_on,
            text: pack.text,
        })
        .collect();
    out.sort_by(|a, b| (&b.valid_from, &b.sent_on, &b.version).cmp(&(&a.valid_from, &a.sent_on, &a.version)));
    Ok(out)
}
