//! The printed report: complete, nothing cut, no heading left alone, legible in grey, and the same from every screen.

use browser_tests::native::{self, Beside, Given, Stored};
use browser_tests::{
    Ability, Assessment, Browser, Options, Outcome, Page, Paper, Pdf, Picture, Rect, Result, Scheme, Server,
    Sheet, Word, dist, dist_file,
};
use equipoise::answers::Degree;
use equipoise::compare;
use equipoise::day::Day;
use equipoise::deepening::{self, Ask, Deepening, Value};
use equipoise::i18n::Texts;
use equipoise::instrument::Role;
use equipoise::scoring;
use equipoise::summary;
use equipoise::wishes::Wishes;
use equipoise::workbook::{About, Action, Progress, Workbook};

/// A millimetre in points.
const MM: f64 = 72.0 / 25.4;
/// The margins that `styles/page.css` asks for, in points.
const SIDE: f64 = 16.0 * MM;
const TOP: f64 = 14.0 * MM;
const BOTTOM: f64 = 16.0 * MM;

/// What must not be the last on a page.
const HEADINGS: &str = ".result :is(h1, h2, h3, h4, dt, caption), .talk > .lead";

/// Opens the result of these answers.
async fn result<'a>(
    browser: &'a Browser,
    server: &Server,
    form: &str,
    given: &Given,
    language: &str,
) -> Result<Assessment<'a>> {
    let stored = Stored::result(form, given).language(language);
    let assessment = Assessment::open_with(browser, server, &stored).await?;
    assessment.resume().await?;
    Ok(assessment)
}

/// Letters only: how lines are broken and words are parted says nothing about what is printed.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}').collect()
}

/// A sheet without what the margins hold.
fn body(sheet: &Sheet) -> Vec<&Word> {
    sheet.words().filter(|word| word.rect.y < sheet.height - BOTTOM).collect()
}

fn bottom(word: &Word) -> f64 {
    word.rect.y + word.rect.height
}

/// Where a heading is printed: its sheet, and the place of its first word on it.
fn place_of(pdf: &Pdf, heading: &str) -> Option<(usize, f64)> {
    let wanted = letters(heading);
    pdf.sheets().iter().enumerate().find_map(|(page, sheet)| {
        let line = sheet.lines.iter().find(|line| {
            let said: String = line.iter().map(|word| letters(&word.text)).collect();
            said == wanted
        })?;
        Some((page, line.first()?.rect.y))
    })
}

/// What is outside the margins, and what lies beside the paper.
fn spills(pdf: &Pdf, pictures: &[Picture], dots: u32) -> Vec<String> {
    let mut faults = Vec::new();
    for (page, (sheet, picture)) in pdf.sheets().iter().zip(pictures).enumerate() {
        let page = page + 1;
        for word in body(sheet) {
            let Rect { x, y, width, .. } = word.rect;
            if x < SIDE - 1.0 || x + width > sheet.width - SIDE + 1.0 || y < TOP - 4.0 {
                faults.push(format!("page {page}: {:?} is in the margin: {:?}", word.text, word.rect));
            }
        }
        let Some(ink) = picture.ink(250) else {
            faults.push(format!("page {page} is empty"));
            continue;
        };
        let left = Pdf::pixels(SIDE, dots) as f64 - 2.0;
        let right = Pdf::pixels(sheet.width - SIDE, dots) as f64 + 2.0;
        let top = Pdf::pixels(TOP, dots) as f64 - 2.0;
        if ink.x < left || ink.x + ink.width > right || ink.y < top {
            faults.push(format!("page {page}: something is drawn in the margin: {ink:?}"));
        }
    }
    faults
}

/// A row of the table as it was found: its name, its page, and its words.
struct Row<'a> {
    page: usize,
    name: Vec<&'a Word>,
    cells: Vec<&'a Word>,
}

/// The rows of the table, read from the places of words. Only a row that is complete on its page is found.
fn rows<'a>(pdf: &'a Pdf, names: &[String], heading: &str) -> Vec<Row<'a>> {
    let heading = letters(heading);
    let mut wanted = names.iter().map(|name| letters(name)).peekable();
    let mut rows = Vec::new();
    for (page, sheet) in pdf.sheets().iter().enumerate() {
        let words = body(sheet);
        let Some(head) = words.iter().find(|word| word.text == heading) else { continue };
        let column = SIDE + (sheet.width - 2.0 * SIDE) * 0.23;
        let mut below: Vec<&Word> = words.iter().copied().filter(|word| word.rect.y > bottom(head)).collect();
        below.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y).then(a.rect.x.total_cmp(&b.rect.x)));
        let mut left = below.iter().copied().filter(|word| word.rect.x < column).peekable();
        // A heading of the table may be two lines high.
        let mut begins =
            |word: &&Word| wanted.peek().is_some_and(|name| name.starts_with(&letters(&word.text)));
        while left.next_if(|word| !begins(word)).is_some() {}
        let first = rows.len();
        let mut end = sheet.height - BOTTOM;
        while let Some(name) = wanted.peek() {
            let mut rest = name.as_str();
            let mut found = Vec::new();
            while let Some(after) =
                left.peek().and_then(|word| rest.strip_prefix(letters(&word.text).as_str()))
            {
                rest = after;
                found.extend(left.next());
                if rest.is_empty() {
                    break;
                }
            }
            if !rest.is_empty() || found.is_empty() {
                break;
            }
            rows.push(Row { page, name: found, cells: Vec::new() });
            wanted.next();
        }
        if wanted.peek().is_none() {
            end = left.peek().map_or(end, |word| word.rect.y);
        }
        let tops: Vec<f64> = rows[first..].iter().map(|row| row.name[0].rect.y).collect();
        for (index, row) in rows[first..].iter_mut().enumerate() {
            let until = tops.get(index + 1).copied().unwrap_or(end);
            let inside = |word: &&&Word| {
                word.rect.y > tops[index] - 2.0
                    && word.rect.y < until - 2.0
                    && !row.name.iter().any(|name| std::ptr::eq(*name, **word))
            };
            row.cells = below.iter().filter(inside).copied().collect();
        }
    }
    rows
}

/// What is wrong with the table: every row with all of its cells, on one page.
fn table_faults(rows: &[Row<'_>], expected: &[(String, Vec<String>)]) -> Vec<String> {
    let mut faults = Vec::new();
    if rows.len() != expected.len() {
        faults.push(format!("{} of {} rows are whole", rows.len(), expected.len()));
    }
    for (row, (id, cells)) in rows.iter().zip(expected) {
        let mut wanted: Vec<char> = letters(&cells.concat()).chars().collect();
        let mut printed: Vec<char> = row.cells.iter().flat_map(|word| word.text.chars()).collect();
        wanted.sort_unstable();
        printed.sort_unstable();
        if wanted != printed {
            let printed: Vec<&str> = row.cells.iter().map(|word| word.text.as_str()).collect();
            faults.push(format!("page {}: the row {id} is {printed:?} instead of {cells:?}", row.page + 1));
        }
    }
    faults
}

/// Rows of the table that are alone on a page.
fn lone_rows(rows: &[Row<'_>]) -> Vec<String> {
    let pages: Vec<usize> = rows.iter().map(|row| row.page).collect();
    let lone = pages.chunk_by(|one, next| one == next).filter(|on_page| on_page.len() == 1 && rows.len() > 1);
    lone.map(|on_page| format!("page {}: one row is alone", on_page[0] + 1)).collect()
}

/// Headings with nothing below them in their column.
fn orphans(pdf: &Pdf, headings: &[String], rows: &[Row<'_>]) -> Vec<String> {
    let headings: Vec<String> = headings.iter().map(|heading| letters(heading)).collect();
    let mut faults = Vec::new();
    for (page, sheet) in pdf.sheets().iter().enumerate() {
        let words = body(sheet);
        for line in &sheet.lines {
            let said: String = line.iter().map(|word| letters(&word.text)).collect();
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            // Names stand in the table as well, where they head nothing.
            let in_table = rows.iter().flat_map(|row| &row.name).any(|word| std::ptr::eq(*word, first));
            if in_table || said.is_empty() || !headings.contains(&said) {
                continue;
            }
            let followed = words.iter().any(|word| {
                word.rect.y > bottom(first) - 1.0
                    && word.rect.x < last.rect.x + last.rect.width
                    && word.rect.x + word.rect.width > first.rect.x
            });
            if !followed {
                faults.push(format!("page {}: nothing follows {said:?}", page + 1));
            }
        }
    }
    faults
}

/// All that is expected of the report of a complete form, whatever it was printed from.
async fn examine(
    pdf: &Pdf,
    assessment: &Assessment<'_>,
    given: &Given,
    language: &str,
) -> Result<Vec<String>> {
    let text = |key: &str| native::text(language, key);
    let inside = assessment.inside();
    let pictures = pdf.pictures(100)?;
    let mut faults = spills(pdf, &pictures, 100);

    let figures = native::figures("full", given, language);
    let names: Vec<String> = inside.texts("tr[data-row] th").await?;
    let rows = rows(pdf, &names, &text("ui.table.balance"));
    faults.extend(table_faults(&rows, &figures.rows));
    faults.extend(lone_rows(&rows));
    let headings = inside.texts(HEADINGS).await?;
    faults.extend(orphans(pdf, &headings, &rows));

    let printed = letters(pdf.text());
    let day = format!(
        "return new Date({}).toLocaleDateString(navigator.language, {{ dateStyle: 'long' }});",
        native::ANSWERED
    );
    let day: String = inside.eval(&day).await?;
    let titles = [
        "result.title",
        "radar.title",
        "talk.title",
        "ring.title",
        "tilt.title",
        "table.show",
        "each.title",
        "calc.title",
        "about.title",
        "calc.rounding",
        "talk.rule",
    ];
    let mut wanted: Vec<String> = titles.iter().map(|key| text(&format!("ui.{key}"))).collect();
    wanted.extend(figures.sentences.iter().cloned());
    wanted.extend(figures.phases.iter().map(|phase| phase[1].clone()));
    wanted.extend(names.iter().cloned());
    wanted.extend(
        inside
            .texts(".pole h5, .pole dd, .advice dd, .phase .opened > p, .phase li, .example p")
            .await?
            .into_iter()
            .map(|said| said.trim_end_matches(|last: char| last.is_ascii_digit()).to_owned()),
    );
    wanted.push(day);
    faults.extend(
        wanted
            .iter()
            .filter(|one| !printed.contains(&letters(one)))
            .map(|one| format!("not printed: {one:?}")),
    );
    let screen =
        ["result.back", "report.print", "radar.keys", "radar.more", "page.home", "start.privacy.kept"];
    let unwanted = screen.iter().map(|key| text(&format!("ui.{key}")));
    faults.extend(
        unwanted.filter(|one| printed.contains(&letters(one))).map(|one| format!("printed: {one:?}")),
    );

    // A chart is whole when all its words are on one page.
    for (chart, from, to) in
        [("radar", "ui.radar.title", None), ("tilt", "ui.tilt.title", Some("ui.table.show"))]
    {
        let Some((page, top)) = place_of(pdf, &text(from)) else { continue };
        let end = to.and_then(|to| place_of(pdf, &text(to))).filter(|(other, _)| *other == page);
        let end = end.map_or(f64::INFINITY, |(_, top)| top);
        let near: String = body(&pdf.sheets()[page])
            .iter()
            .filter(|word| word.rect.y > top && word.rect.y < end)
            .map(|word| letters(&word.text))
            .collect();
        for pole in inside.texts(".pole h5").await? {
            // In a chart a name may be broken over lines, beside which others stand: its words count.
            for word in pole.trim_end_matches(|last: char| last.is_ascii_digit()).split([' ', '\u{ad}']) {
                if !near.contains(&letters(word)) {
                    faults.push(format!("{word:?} is not in the {chart} on page {}", page + 1));
                }
            }
        }
    }
    faults.extend(grey_faults(pdf, language)?);
    Ok(faults)
}

/// How an entry of the legend looks in grey: the shades along the darkest row of its drawing.
fn sample(pdf: &Pdf, picture: &Picture, dots: u32, names: &[String; 3], entry: usize) -> Option<Vec<u8>> {
    let sheet = &pdf.sheets()[0];
    let said = |y: f64| -> String {
        let line = sheet.words().filter(|word| (word.rect.y - y).abs() < 1.0);
        line.map(|word| letters(&word.text)).collect()
    };
    // The legend is the line in which all three names stand.
    let mut legend = sheet.words().filter(|word| {
        let line = said(word.rect.y);
        names.iter().all(|name| line.contains(&letters(name)))
    });
    let first = letters(names[entry].split(' ').next()?);
    let word = legend.find(|word| letters(&word.text) == first)?;
    // The drawing is 2 em wide and stands half an em before its name; an em is 0.9375 × 9.5 pt here.
    let em = 0.9375 * 9.5;
    let from = Pdf::pixels(word.rect.x - 2.4 * em, dots);
    let to = Pdf::pixels(word.rect.x - 0.6 * em, dots);
    let rows = Pdf::pixels(word.rect.y, dots)..Pdf::pixels(bottom(word), dots);
    let row = |y: usize| (from..to).map(|x| picture.shade(x, y)).collect::<Vec<u8>>();
    rows.map(row).min_by_key(|row| row.iter().map(|shade| u32::from(*shade)).sum::<u32>())
}

/// The two outlines have to differ without their hues: one line is closed and darker, the other is dashed.
fn grey_faults(pdf: &Pdf, language: &str) -> Result<Vec<String>> {
    const DOTS: u32 = 300;
    let picture = pdf.pictures(DOTS)?.swap_remove(0);
    let mut faults = Vec::new();
    let names = ["a", "b", "core"].map(|name| native::text(language, &format!("ui.radar.legend-{name}")));
    let look = |entry| sample(pdf, &picture, DOTS, &names, entry);
    let (Some(a), Some(b), Some(core)) = (look(0), look(1), look(2)) else {
        return Ok(vec![format!("there is no legend with {names:?}")]);
    };
    let open = |shades: &[u8]| {
        shades.iter().filter(|shade| **shade > 200).count() as f64 / shades.len().max(1) as f64
    };
    let gaps = b.windows(2).filter(|pair| pair[0] <= 200 && pair[1] > 200).count();
    // A marker has a thin white edge, hence not quite nothing.
    if open(&a) > 0.15 {
        faults.push(format!("the first line has gaps: {a:?}"));
    }
    if open(&b) < 0.2 || gaps < 2 {
        faults.push(format!("the second line has too few gaps: {b:?}"));
    }
    let darkest = |shades: &[u8]| shades.iter().min().copied().unwrap_or(u8::MAX);
    if darkest(&a) + 25 > darkest(&b) || darkest(&b) > 120 {
        faults.push(format!("the shades are too near, or too light: {} and {}", darkest(&a), darkest(&b)));
    }
    let inner = &core[core.len() / 4..core.len() * 3 / 4];
    if !inner.iter().all(|shade| (90..240).contains(shade)) {
        faults.push(format!("the core is not a light grey: {inner:?}"));
    }
    Ok(faults)
}

async fn the_report_is_sound(language: &str) -> Outcome {
    let server = dist()?;
    let mut browser = Browser::open(Options::default().language(language)).await?;
    if browser.lacks(Ability::Print).await? {
        return Ok(());
    }
    let given = native::example("random complete");
    let assessment = result(&browser, &server, "full", &given, language).await?;
    assert_eq!(assessment.inside().count("details[open]").await?, 0, "all is closed on the screen");
    let mut first: Vec<(Pdf, Vec<Picture>)> = Vec::new();
    for (scheme, shade) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
        browser.scheme(scheme).await?;
        for width in [1400, 800, 320] {
            browser.resize(width, 900).await?;
            browser.next_frame().await?;
            for (index, paper) in [Paper::A4, Paper::LETTER].into_iter().enumerate() {
                let name = format!("print/{language}-{}-{width}-{shade}", paper.name);
                let pdf = browser.print(&name, paper).await?;
                let pictures = pdf.pictures(50)?;
                let Some((known, drawn)) = first.get(index) else {
                    pdf.keep_pictures(80)?;
                    let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
                    let faults = examine(&pdf, &assessment, &given, language).await?;
                    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
                    let pages = pdf.sheets().len();
                    assert!((7..=10).contains(&pages), "{name} has {pages} pages");
                    first.push((pdf, pictures));
                    continue;
                };
                assert_eq!(pdf.sheets().len(), known.sheets().len(), "{name} has as many pages");
                assert_eq!(pdf.text(), known.text(), "{name} says the same");
                assert!(pictures == *drawn, "{name} looks the same as {}", known.file().display());
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_dutch_report_is_sound_and_the_same_from_every_screen() -> Outcome {
    the_report_is_sound("nl").await
}

#[tokio::test]
async fn the_english_report_is_sound_and_the_same_from_every_screen() -> Outcome {
    the_report_is_sound("en").await
}

#[tokio::test]
async fn wherever_a_page_ends_rows_are_whole_and_headings_are_followed() -> Outcome {
    let server = dist()?;
    let browser = Browser::open(Options::default().language("nl")).await?;
    if browser.lacks(Ability::Print).await? {
        return Ok(());
    }
    let given = native::example("random complete");
    let assessment = result(&browser, &server, "full", &given, "nl").await?;
    let inside = assessment.inside();
    let names = inside.texts("tr[data-row] th").await?;
    let headings = inside.texts(HEADINGS).await?;
    let figures = native::figures("full", &given, "nl");
    let mut faults = Vec::new();
    for tenths in (80..120).step_by(3) {
        let pdf = browser.print("print/cut", Paper::cut("cut", 8.268, f64::from(tenths) / 10.0)).await?;
        let rows = rows(&pdf, &names, &native::text("nl", "ui.table.balance"));
        let mut found = table_faults(&rows, &figures.rows);
        found.extend(lone_rows(&rows));
        found.extend(orphans(&pdf, &headings, &rows));
        found.extend(spills(&pdf, &pdf.pictures(60)?, 60));
        faults.extend(found.into_iter().map(|fault| format!("{tenths} tenths of an inch, {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[tokio::test]
async fn short_forms_and_gaps_print_whole() -> Outcome {
    let server = dist()?;
    for (form, example, most) in [("taster", "taster random", 6), ("full", "random, a fifth missing", 11)] {
        let browser = Browser::open(Options::default().size(320, 640)).await?;
        if browser.lacks(Ability::Print).await? {
            return Ok(());
        }
        let given = native::example(example);
        let assessment = result(&browser, &server, form, &given, "en").await?;
        let pdf = browser.print(&format!("print/{form}-{}", letters(example)), Paper::A4).await?;
        pdf.keep_pictures(80)?;
        let faults = spills(&pdf, &pdf.pictures(100)?, 100);
        assert_eq!(faults, Vec::<String>::new());
        let figures = native::figures(form, &given, "en");
        let names = assessment.inside().texts("tr[data-row] th").await?;
        let rows = rows(&pdf, &names, &native::text("en", "ui.table.balance"));
        assert_eq!(table_faults(&rows, &figures.rows), Vec::<String>::new());
        let offer = native::text("en", "ui.result.extend.title");
        assert!(!pdf.text().contains(&offer), "what leads on is of no use on paper");
        let pages = pdf.sheets().len();
        assert!(pages <= most, "{form} has {pages} pages");
    }
    Ok(())
}

/// When everything beside the answers was written.
const THEN: u64 = 1_600_000_000_000;

/// A name, three notes, three actions, a wish for every statement, and an answer to every question of the modules.
fn everything() -> Beside {
    let instrument = native::instrument();
    let mut workbook = Workbook::default();
    workbook.name("Zonnebloem", THEN);
    workbook.write(About::Overall, "Wij spraken er in het voorjaar over.\nHet gesprek gaat verder.", THEN);
    for id in ["trust-control", "short-long"] {
        let paradox = instrument.find_paradox(id).expect("a paradox");
        workbook.write(About::Paradox(paradox), "Hier komen wij op terug.", THEN);
    }
    for (at, text, due, progress) in [
        (1, "Een ochtend met alle partners", Some("2026-12-01"), Progress::Open),
        (2, "Afspraken over kennis uitschrijven", Some("2027-01-15"), Progress::Doing),
        (3, "Nieuwe leden bezoeken", None, Progress::Done),
    ] {
        let action = Action {
            text: text.to_owned(),
            owner: "Noor".to_owned(),
            due: due.and_then(Day::read),
            progress,
            about: None,
        };
        workbook.add(action, THEN + at);
    }
    let mut wishes = Wishes::new(&instrument);
    for item in instrument.item_positions() {
        if matches!(instrument.item(item).role, Role::Pole(..)) {
            let degree = Degree::new([5, 4, 5, 2, 3][item.index() % 5]);
            assert!(wishes.set_item(&instrument, item, degree, THEN));
        }
    }
    Beside { workbook, wishes, given: modules() }
}

/// An answer to every question of the modules that is asked: those about a secretariat too.
fn modules() -> deepening::Given {
    let deepening = Deepening::built_in();
    let mut given = deepening::Given::default();
    for question in deepening.positions() {
        let value = match &deepening.question(question).ask {
            Ask::One(options) => Value::One((question.index() % options.len()) as u8),
            Ask::Several(_) => Value::Several(0b100),
            Ask::Number { .. } => Value::Number(6),
            Ask::Steps | Ask::Degree => Value::Step(Degree::ALL[question.index() % Degree::ALL.len()]),
        };
        assert!(given.set(&deepening, question, Some(value), THEN));
    }
    given
}

/// What the report has to say of all that, besides what every report says.
fn told(given: &Given, beside: &Beside, language: &str) -> Vec<String> {
    let (instrument, texts, modules) =
        (native::instrument(), Texts::built_in(language), Deepening::built_in());
    let form = instrument.find_form("full").expect("the full form");
    let report = scoring::score(&instrument, form, &native::answers(&instrument, given, THEN), None);
    let mut told = deepening::insights(&modules, &beside.given, &instrument, &report.current, &texts);
    for module in modules.modules() {
        told.push(texts.get(&format!("deepening.modules.{}.title", module.id)).to_owned());
        told.extend(deepening::lines(&modules, &beside.given, module, &texts));
    }
    let gaps = compare::gaps(&instrument, form, &report, &beside.wishes);
    for gap in compare::agenda(&gaps, &report) {
        let pair = summary::pair_name(&instrument, &texts, gap.paradox);
        told.push(format!("{pair}: {}", summary::gap_in_words(&instrument, &texts, &gap)));
    }
    told.extend(beside.workbook.label().map(str::to_owned));
    told.extend(beside.workbook.notes().map(|(_, note)| note.to_owned()));
    for (_, action) in beside.workbook.actions() {
        let due = action.due.map(|due| due.to_string());
        let progress = texts.get(&format!("ui.action.{}", action.progress.word())).to_owned();
        let facts: Vec<String> =
            [Some(action.owner.clone()), due, Some(progress)].into_iter().flatten().collect();
        told.extend([action.text.clone(), facts.join(" · ")]);
    }
    told.extend(
        ["action.title", "wish.title", "wish.agenda", "deepen.title", "deepen.insights"]
            .map(|key| texts.get(&format!("ui.{key}")).to_owned()),
    );
    // The header: which form, and in which language.
    let form = texts.get("ui.start.form.full.name");
    let spoken = if language == "nl" { "Nederlands" } else { "English" };
    told.push(format!("{} · {spoken}", texts.fill("ui.report.form", &[("form", form)])));
    told
}

/// The radar of wishes as it is drawn for paper.
async fn wishes_on_paper(assessment: &Assessment<'_>) -> Result<String> {
    let body = "return root.querySelector('.wish .overlay-print').outerHTML;";
    assessment.inside().find(".wish .overlay-print .axis-label").await?;
    assessment.inside().eval(body).await
}

#[tokio::test]
async fn a_report_with_everything_filled_in_prints_whole_and_the_same_from_every_screen() -> Outcome {
    let server = dist()?;
    let (given, beside) = (native::example("random complete"), everything());
    for (language, widths) in [("nl", [320, 1400]), ("en", [1400, 320])] {
        let browser = Browser::open(Options::default().language(language)).await?;
        if browser.lacks(Ability::Print).await? {
            return Ok(());
        }
        let stored = Stored::result("full", &given).language(language).beside(beside.clone());
        let assessment = Assessment::open_with(&browser, &server, &stored).await?;
        assessment.resume().await?;
        let mut first: Option<(Pdf, Vec<Picture>, String)> = None;
        for width in widths {
            browser.resize(width, 900).await?;
            browser.next_frame().await?;
            let assessment = Assessment::at(&browser, "equipoise-assessment").await?;
            let drawn = wishes_on_paper(&assessment).await?;
            let name = format!("print/everything-{language}-{width}");
            let pdf = browser.print(&name, Paper::A4).await?;
            let pictures = pdf.pictures(50)?;
            let Some((known, looks, wishes)) = &first else {
                pdf.keep_pictures(80)?;
                let mut faults = examine(&pdf, &assessment, &given, language).await?;
                let printed = letters(pdf.text());
                faults.extend(
                    told(&given, &beside, language)
                        .iter()
                        .filter(|one| !printed.contains(&letters(one)))
                        .map(|one| format!("not printed: {one:?}")),
                );
                assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
                let pages = pdf.sheets().len();
                assert!((9..=14).contains(&pages), "{name} has {pages} pages");
                first = Some((pdf, pictures, drawn));
                continue;
            };
            assert_eq!(drawn, *wishes, "{name}: the radar of wishes is drawn alike");
            assert_eq!(pdf.text(), known.text(), "{name} says the same");
            assert!(pictures == *looks, "{name} looks the same as {}", known.file().display());
        }
    }
    Ok(())
}

/// A page in someone's own dark colours, with our margins.
const HOST: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/styles/page.css"><link rel="stylesheet" href="/host.css"></head>
<body><equipoise-assessment theme="dark"></equipoise-assessment><script type="module" src="/element.js"></script></body></html>"#;

const HOST_COLOURS: &str =
    "equipoise-assessment { --equipoise-ink: #fff; --equipoise-paper: #000; --equipoise-card: #111;
    --equipoise-soft: #ddd; --equipoise-line: #222; --equipoise-edge: #eee; --equipoise-accent: #ff0; }";

#[tokio::test]
async fn a_dark_host_page_prints_the_same_report() -> Outcome {
    let server = dist()?;
    server.add("/host.html", Page::html(HOST));
    server.add("/styles/page.css", dist_file("styles/page.css")?);
    server.add("/host.css", Page::file("host.css", HOST_COLOURS));
    let browser = Browser::open(Options::default()).await?;
    if browser.lacks(Ability::Print).await? {
        return Ok(());
    }
    let given = native::example("random complete");
    result(&browser, &server, "full", &given, "en").await?;
    let alone = browser.print("print/alone", Paper::A4).await?;
    let hosted = Assessment::open_page(&browser, &server.address("/host.html")).await?;
    hosted.resume().await?;
    let within = browser.print("print/hosted", Paper::A4).await?;
    assert_eq!(within.text(), alone.text());
    assert!(within.pictures(50)? == alone.pictures(50)?, "colours of the screen are not those of paper");
    Ok(())
}

#[tokio::test]
async fn the_button_opens_the_browsers_dialogue() -> Outcome {
    let server = dist()?;
    let instead = "window.asked = 0; window.print = () => { window.asked += 1; };";
    let browser = Browser::open(Options::default().before_scripts(instead)).await?;
    let given = native::example("taster random");
    let assessment = result(&browser, &server, "taster", &given, "en").await?;
    assessment.inside().click("[data-action=print]").await?;
    assert_eq!(browser.eval::<u32>("return window.asked;").await?, 1);
    assert_eq!(browser.console().await?, Vec::<String>::new());
    Ok(())
}
