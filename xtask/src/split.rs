//! Splits the WebAssembly module in two: what is needed until the questions are answered, and the further part.
//!
//! The further part is entered through doors only: functions of one Rust module, named in [`Rules`]. Whatever can be
//! reached from the first part without going through a door stays in the first part; the rest moves. A door leaves a
//! stub behind that calls it through the table of functions; so do functions whose address is taken, which are judged
//! by the Rust module in their name, as no call leads to them.
//!
//! The further module has no memory and no imports of its own: it imports from the first one, under [`FIRST`], and writes
//! its functions into the table when it is instantiated. Until then every stub traps, so Rust asks first whether it is
//! there. Data stays in the first part, since nothing tells who reads it; but a whole file that only the further part
//! reads moves when it is named: its place in memory stays empty until the further module fills it.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{self, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, ImportedFunction, LocalFunction, MemoryId, Module, ModuleConfig, TableId,
};

use crate::failure::{Failure, Result};

/// The name under which the further module knows the first one.
pub const FIRST: &str = "p";

/// How functions are told apart, by what their names begin with: paths of Rust modules, without `::` at the end.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The Rust modules of which every function is a door.
    pub doors: &'a [&'a str],
    /// The Rust modules that belong to the further part: of these, functions whose address is taken move as well.
    pub places: &'a [&'a str],
    /// Those of the doors and places that make up a part of their own, for pages that need it. It comes after the
    /// further part, and has a copy of everything that it shares with that and not with the first.
    pub apart: &'a [&'a str],
    /// Files that were built in and that only the further part reads, byte by byte.
    pub files: &'a [Vec<u8>],
}

/// The two modules.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Everything but what moved.
    pub first: Vec<u8>,
    /// What moved.
    pub further: Vec<u8>,
    /// What moved and stands apart; nothing when [`Rules::apart`] names nothing.
    pub apart: Option<Vec<u8>>,
    /// What to tell about it.
    pub summary: Summary,
}

/// What was moved and what wasn't.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many functions moved.
    pub moved: usize,
    /// How many of them are called from the first part through a stub.
    pub doors: usize,
    /// How many of them had a place in the table of functions already.
    pub addressed: usize,
    /// How many functions the further part calls in the first.
    pub shared: usize,
    /// How many bytes of files moved.
    pub data: usize,
    /// Functions of [`Rules::places`] that the first part reaches past the doors, with their size in instructions, the
    /// largest first.
    pub kept: Vec<(String, u64)>,
}

/// Splits a module that still has the names of its functions.
///
/// # Errors
/// When it isn't a module, when nothing moves, or when it does what this doesn't know how to split.
pub fn split(module: &[u8], rules: &Rules<'_>) -> Result<Parts> {
    let whole = parse(module)?;
    let plan = Plan::new(&whole, rules)?;
    let mut first = parse(module)?;
    plan.make_first(&mut first)?;
    let mut further = whole;
    let summary = plan.summary(&further, rules);
    let (near, apart) = plan.slots_of(&further, rules);
    let apart = if apart.is_empty() {
        None
    } else {
        let mut other = parse(module)?;
        plan.make_further(&mut other, &apart, false)?;
        Some(other.emit_wasm())
    };
    plan.make_further(&mut further, &near, true)?;
    Ok(Parts { first: first.emit_wasm(), further: further.emit_wasm(), apart, summary })
}

fn parse(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(module).map_err(|error| Failure::new(format!("the module can't be read: {error:#}")))
}

/// What a function needs beside its own code.
#[derive(Default)]
struct Needs {
    functions: BTreeSet<FunctionId>,
    globals: BTreeSet<GlobalId>,
    tables: BTreeSet<TableId>,
    memories: BTreeSet<MemoryId>,
    /// Something that can't move.
    fixed: Option<&'static str>,
}

impl Needs {
    fn of(function: &LocalFunction) -> Self {
        let mut needs = Self::default();
        dfs_in_order(&mut needs, function, function.entry_block());
        needs
    }

    fn add(&mut self, other: &Self) {
        self.functions.extend(&other.functions);
        self.globals.extend(&other.globals);
        self.tables.extend(&other.tables);
        self.memories.extend(&other.memories);
    }
}

impl Visitor<'_> for Needs {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.insert(*function);
    }

    fn visit_global_id(&mut self, global: &GlobalId) {
        self.globals.insert(*global);
    }

    fn visit_table_id(&mut self, table: &TableId) {
        self.tables.insert(*table);
    }

    fn visit_memory_id(&mut self, memory: &MemoryId) {
        self.memories.insert(*memory);
    }

    fn visit_ref_func(&mut self, _: &ir::RefFunc) {
        self.fixed = Some("ref.func");
    }

    fn visit_data_id(&mut self, _: &walrus::DataId) {
        self.fixed = Some("a passive data segment");
    }

    fn visit_element_id(&mut self, _: &walrus::ElementId) {
        self.fixed = Some("a passive element segment");
    }

    fn visit_tag_id(&mut self, _: &walrus::TagId) {
        self.fixed = Some("an exception");
    }
}

/// What goes where. Both modules are read from the same bytes, so a thing is known by its position in either.
struct Plan {
    /// Which functions the first part keeps, by position.
    first: Vec<bool>,
    /// The table of functions, by position.
    table: usize,
    /// Its size in the first part, with a slot for every door.
    table_size: u64,
    /// What the further part puts into the table: slot and function.
    slots: BTreeMap<u64, usize>,
    /// The doors that are called, with their slots.
    doors: BTreeMap<usize, u64>,
    /// Everything that the further part needs of the first one, with the name it is exported under.
    functions: BTreeMap<usize, Shared>,
    globals: BTreeMap<usize, Shared>,
    tables: BTreeMap<usize, Shared>,
    memories: BTreeMap<usize, Shared>,
    /// What moves of the data, by its place in memory.
    data: BTreeMap<u64, Vec<u8>>,
    moved: usize,
    addressed: usize,
}

/// The name of an export, and whether it was there before.
struct Shared {
    name: String,
    known: bool,
}

impl Plan {
    fn new(module: &Module, rules: &Rules<'_>) -> Result<Self> {
        let needs: Vec<Needs> = module
            .funcs
            .iter()
            .map(|function| match &function.kind {
                FunctionKind::Local(local) => Needs::of(local),
                _ => Needs::default(),
            })
            .collect();
        let first = reached(module, &needs, rules);
        let table = main_table(module)?;
        let mut slots = addressed(module, table, &first)?;
        let addressed = slots.len();
        let mut table_size = module.tables.get(table).initial;
        let mut doors = BTreeMap::new();
        // From a part that moves, the way to another leads through a door as well.
        let is_door = |function: FunctionId| {
            module.funcs.get(function).name.as_deref().is_some_and(|name| lives_in(name, rules.doors))
        };
        let called: BTreeSet<FunctionId> = needs.iter().flat_map(|needs| &needs.functions).copied().collect();
        for door in called.into_iter().filter(|function| !first[function.index()] && is_door(*function)) {
            let door = door.index();
            let known = slots.iter().find(|(_, function)| **function == door).map(|(slot, _)| *slot);
            doors.entry(door).or_insert_with(|| {
                known.unwrap_or_else(|| {
                    table_size += 1;
                    table_size - 1
                })
            });
        }
        slots.extend(doors.iter().map(|(door, slot)| (*slot, *door)));
        if slots.is_empty() {
            return Err(Failure::new(
                "nothing is found of the further part; are the names of functions still there?",
            ));
        }
        let moved = behind(&needs, slots.values().copied(), &first);
        let mut wanted = Needs::default();
        for at in &moved {
            if let Some(fixed) = needs[*at].fixed {
                return Err(Failure::new(format!(
                    "a function of the further part uses {fixed}, which can't move"
                )));
            }
            wanted.add(&needs[*at]);
        }
        wanted.functions.retain(|function| first[function.index()]);
        wanted.tables.insert(table);
        let data = files(module, rules.files);
        if !data.is_empty() {
            wanted.memories.extend(module.memories.iter().map(walrus::Memory::id));
        }
        let mut names = Names::new(module);
        Ok(Self {
            functions: names.share(wanted.functions.iter().map(|id| (id.index(), ExportItem::Function(*id)))),
            globals: names.share(wanted.globals.iter().map(|id| (id.index(), ExportItem::Global(*id)))),
            tables: names.share(wanted.tables.iter().map(|id| (id.index(), ExportItem::Table(*id)))),
            memories: names.share(wanted.memories.iter().map(|id| (id.index(), ExportItem::Memory(*id)))),
            table: table.index(),
            data,
            moved: moved.len(),
            first,
            table_size,
            slots,
            doors,
            addressed,
        })
    }

    /// Leaves stubs behind, and exports what the further part needs.
    fn make_first(&self, module: &mut Module) -> Result<()> {
        let functions: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
        let table = id_at(module.tables.iter().map(walrus::Table::id), self.table)?;
        grow(module, table, self.table_size);
        for (door, slot) in &self.doors {
            put_stub(module, functions[*door], table, *slot);
        }
        self.empty_slots(module);
        self.cut_files(module);
        for (at, shared) in self.functions.iter().filter(|(_, shared)| !shared.known) {
            module.exports.add(&shared.name, functions[*at]);
        }
        let globals: Vec<GlobalId> = module.globals.iter().map(walrus::Global::id).collect();
        for (at, shared) in self.globals.iter().filter(|(_, shared)| !shared.known) {
            module.exports.add(&shared.name, globals[*at]);
        }
        let tables: Vec<TableId> = module.tables.iter().map(walrus::Table::id).collect();
        for (at, shared) in self.tables.iter().filter(|(_, shared)| !shared.known) {
            module.exports.add(&shared.name, tables[*at]);
        }
        let memories: Vec<MemoryId> = module.memories.iter().map(walrus::Memory::id).collect();
        for (at, shared) in self.memories.iter().filter(|(_, shared)| !shared.known) {
            module.exports.add(&shared.name, memories[*at]);
        }
        walrus::passes::gc::run(module);
        Ok(())
    }

    /// In the slots of functions that moved stands one that always traps, until they come.
    fn empty_slots(&self, module: &mut Module) {
        if self.addressed == 0 {
            return;
        }
        let mut body = FunctionBuilder::new(&mut module.types, &[], &[]);
        body.func_body().unreachable();
        let absent = body.finish(Vec::new(), &mut module.funcs);
        for segment in module.elements.iter_mut() {
            if let ElementItems::Functions(functions) = &mut segment.items {
                for function in functions.iter_mut().filter(|function| !self.first[function.index()]) {
                    *function = absent;
                }
            }
        }
    }

    /// Leaves the files out that move: what stood before and behind each becomes a segment of its own.
    fn cut_files(&self, module: &mut Module) {
        for (place, bytes) in &self.data {
            let inside = module.data.iter().find_map(|data| {
                let (memory, start) = placed(data)?;
                let at = place.checked_sub(start)? as usize;
                (at + bytes.len() <= data.value.len()).then_some((data.id(), memory, at))
            });
            let Some((id, memory, at)) = inside else { continue };
            let value = &mut module.data.get_mut(id).value;
            let behind = value.split_off(at + bytes.len());
            value.truncate(at);
            put_data(module, memory, place + bytes.len() as u64, behind);
        }
    }

    /// The slots of the further part, and those of what stands apart. No two functions may have been made one before, for
    /// then its name is that of either.
    fn slots_of(&self, module: &Module, rules: &Rules<'_>) -> (BTreeMap<u64, usize>, BTreeMap<u64, usize>) {
        let named = |at: usize, places: &[&str]| {
            let function = module.funcs.iter().find(|function| function.id().index() == at);
            let name = function.and_then(|function| function.name.as_deref());
            name.is_some_and(|name| lives_in(name, places))
        };
        let (mut near, mut apart) = (BTreeMap::new(), BTreeMap::new());
        for (slot, at) in &self.slots {
            let is_apart = named(*at, rules.apart);
            if is_apart {
                apart.insert(*slot, *at);
            } else {
                near.insert(*slot, *at);
            }
        }
        (near, apart)
    }

    /// Turns what stays in the first part into imports, and writes what moved into these slots of the table. What none of
    /// them needs is left out, and so is what another part has behind a door.
    fn make_further(
        &self,
        module: &mut Module,
        slots: &BTreeMap<u64, usize>,
        with_files: bool,
    ) -> Result<()> {
        for export in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
            module.exports.delete(export);
        }
        module.start = None;
        let functions: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
        let table = id_at(module.tables.iter().map(walrus::Table::id), self.table)?;
        for (door, slot) in self.doors.iter().filter(|(_, slot)| !slots.contains_key(slot)) {
            put_stub(module, functions[*door], table, *slot);
        }
        for (at, shared) in &self.functions {
            import_function(module, functions[*at], &shared.name);
        }
        let globals: Vec<GlobalId> = module.globals.iter().map(walrus::Global::id).collect();
        for (at, shared) in &self.globals {
            let import = module.imports.add(FIRST, &shared.name, globals[*at]);
            module.globals.get_mut(globals[*at]).kind = GlobalKind::Import(import);
        }
        let memories: Vec<MemoryId> = module.memories.iter().map(walrus::Memory::id).collect();
        for (at, shared) in &self.memories {
            let import = module.imports.add(FIRST, &shared.name, memories[*at]);
            module.memories.get_mut(memories[*at]).import = Some(import);
        }
        forget_data(module);
        let tables: Vec<TableId> = module.tables.iter().map(walrus::Table::id).collect();
        for (at, shared) in &self.tables {
            let import = module.imports.add(FIRST, &shared.name, tables[*at]);
            module.tables.get_mut(tables[*at]).import = Some(import);
        }
        if let Some(memory) = memories.first().filter(|_| with_files) {
            for (place, bytes) in &self.data {
                put_data(module, *memory, *place, bytes.clone());
            }
        }
        grow(module, tables[self.table], self.table_size);
        for (start, run) in runs(slots) {
            let items = run.iter().map(|at| functions[*at]).collect();
            let offset = ConstExpr::Value(ir::Value::I32(start as i32));
            let kind = ElementKind::Active { table: tables[self.table], offset };
            let segment = module.elements.add(kind, ElementItems::Functions(items));
            module.tables.get_mut(tables[self.table]).elem_segments.insert(segment);
        }
        walrus::passes::gc::run(module);
        Ok(())
    }

    fn summary(&self, module: &Module, rules: &Rules<'_>) -> Summary {
        let kept = module.funcs.iter().filter(|function| self.first[function.id().index()]);
        let mut kept: Vec<(String, u64)> = kept
            .filter_map(|function| {
                let name = function.name.as_deref().filter(|name| lives_in(name, rules.places))?;
                let FunctionKind::Local(local) = &function.kind else { return None };
                Some((name.to_owned(), local.size()))
            })
            .collect();
        kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Summary {
            moved: self.moved,
            doors: self.doors.len(),
            addressed: self.addressed,
            shared: self.functions.len(),
            data: self.data.values().map(Vec::len).sum(),
            kept,
        }
    }
}

/// Gives names to what is exported to the further part.
struct Names<'a> {
    module: &'a Module,
    taken: BTreeSet<&'a str>,
    next: usize,
}

impl<'a> Names<'a> {
    fn new(module: &'a Module) -> Self {
        let taken = module.exports.iter().map(|export| export.name.as_str()).collect();
        Self { module, taken, next: 0 }
    }

    fn share(&mut self, items: impl Iterator<Item = (usize, ExportItem)>) -> BTreeMap<usize, Shared> {
        items.map(|(at, item)| (at, self.name(item))).collect()
    }

    fn name(&mut self, item: ExportItem) -> Shared {
        let known = self.module.exports.iter().find(|export| same(export.item, item));
        if let Some(export) = known {
            return Shared { name: export.name.clone(), known: true };
        }
        loop {
            let name = short_name(self.next);
            self.next += 1;
            if !self.taken.contains(name.as_str()) {
                return Shared { name, known: false };
            }
        }
    }
}

/// `a` to `z`, `aa` and so on.
fn short_name(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + (number % 26) as u8);
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

fn same(one: ExportItem, other: ExportItem) -> bool {
    match (one, other) {
        (ExportItem::Function(a), ExportItem::Function(b)) => a == b,
        (ExportItem::Table(a), ExportItem::Table(b)) => a == b,
        (ExportItem::Memory(a), ExportItem::Memory(b)) => a == b,
        (ExportItem::Global(a), ExportItem::Global(b)) => a == b,
        _ => false,
    }
}

/// Whether a function belongs to one of these Rust modules: by its path, by the type whose method it is, or by the type
/// that it drops.
fn lives_in(name: &str, places: &[&str]) -> bool {
    let name = without_hashes(name);
    let drops = ["core::ptr::drop_in_place::<", "core::ptr::drop_in_place<"];
    let path = drops.iter().find_map(|drop| name.strip_prefix(drop)).unwrap_or(&name);
    let path = path
        .trim_start_matches(['<', '&', '*', '(', '[', ' '])
        .trim_start_matches("mut ")
        .trim_start_matches("dyn ");
    places.iter().any(|place| {
        let rest = path.strip_prefix(place);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    })
}

/// A name without the hash that Rust puts behind the name of a crate: `core[641134fb57596b42]::ptr`.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        rest = match after.split_once("]::") {
            Some((hash, _)) if is_hash(hash) => &after[hash.len() + 1..],
            _ => {
                plain.push('[');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

fn is_hash(text: &str) -> bool {
    text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What the first part keeps: imports, and everything that it reaches without going through a door.
fn reached(module: &Module, needs: &[Needs], rules: &Rules<'_>) -> Vec<bool> {
    let named = |function: FunctionId, places: &[&str]| {
        module.funcs.get(function).name.as_deref().is_some_and(|name| lives_in(name, places))
    };
    let mut first = vec![false; needs.len()];
    let mut open: Vec<FunctionId> = module.start.into_iter().collect();
    open.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    }));
    open.extend(
        module
            .funcs
            .iter()
            .filter(|one| matches!(one.kind, FunctionKind::Import(_)))
            .map(walrus::Function::id),
    );
    for segment in module.elements.iter() {
        match &segment.items {
            ElementItems::Functions(functions) => {
                let moves = |function: &&FunctionId| {
                    named(**function, rules.places) || named(**function, rules.doors)
                };
                open.extend(functions.iter().filter(|function| !moves(function)));
            }
            ElementItems::Expressions(_, items) => open.extend(items.iter().filter_map(|item| match item {
                ConstExpr::RefFunc(function) => Some(*function),
                _ => None,
            })),
        }
    }
    while let Some(function) = open.pop() {
        if std::mem::replace(&mut first[function.index()], true) {
            continue;
        }
        open.extend(needs[function.index()].functions.iter().filter(|callee| !named(**callee, rules.doors)));
    }
    first
}

/// The functions that these need and that moved, they themselves included.
fn behind(needs: &[Needs], entries: impl Iterator<Item = usize>, first: &[bool]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<usize> = entries.collect();
    while let Some(at) = open.pop() {
        if first[at] || !found.insert(at) {
            continue;
        }
        for function in &needs[at].functions {
            open.push(function.index());
        }
    }
    found
}

fn main_table(module: &Module) -> Result<TableId> {
    let table = module.tables.main_function_table().ok().flatten();
    table.ok_or_else(|| Failure::new("the module doesn't have exactly one table of functions"))
}

/// The slots of the table in which functions stand that moved.
fn addressed(module: &Module, main: TableId, first: &[bool]) -> Result<BTreeMap<u64, usize>> {
    let mut slots = BTreeMap::new();
    for segment in module.elements.iter() {
        let ElementItems::Functions(functions) = &segment.items else { continue };
        if functions.iter().all(|function| first[function.index()]) {
            continue;
        }
        let start = match &segment.kind {
            ElementKind::Active { table, offset: ConstExpr::Value(ir::Value::I32(start)) }
                if *table == main =>
            {
                *start
            }
            _ => {
                return Err(Failure::new(
                    "a function that moves stands in an element segment without a fixed place",
                ));
            }
        };
        let numbered = (u64::from(start as u32)..).zip(functions);
        slots.extend(numbered.map(|(slot, function)| (slot, function.index())).filter(|(_, at)| !first[*at]));
    }
    Ok(slots)
}

fn grow(module: &mut Module, table: TableId, size: u64) {
    let table = module.tables.get_mut(table);
    table.initial = size;
    table.maximum = table.maximum.map(|maximum| maximum.max(size));
}

/// Replaces a function by one that calls what stands in its slot.
fn put_stub(module: &mut Module, door: FunctionId, table: TableId, slot: u64) {
    let ty = module.funcs.get(door).ty();
    let (params, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let args: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut stub = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = stub.func_body();
    for arg in &args {
        body.local_get(*arg);
    }
    body.i32_const(slot as i32).call_indirect(ty, table);
    module.funcs.get_mut(door).kind = FunctionKind::Local(stub.local_func(args));
}

fn import_function(module: &mut Module, function: FunctionId, name: &str) {
    let ty = module.funcs.get(function).ty();
    if let FunctionKind::Import(imported) = &module.funcs.get(function).kind {
        let import = module.imports.get_mut(imported.import);
        (import.module, import.name) = (FIRST.to_owned(), name.to_owned());
        return;
    }
    let import = module.imports.add(FIRST, name, function);
    module.funcs.get_mut(function).kind = FunctionKind::Import(ImportedFunction { import, ty });
}

/// Data and element segments stay in the first part.
fn forget_data(module: &mut Module) {
    for data in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(data);
    }
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
    }
    for segment in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(segment);
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
    }
}

/// The memory and the place of a segment that fills memory from the start.
fn placed(data: &walrus::Data) -> Option<(MemoryId, u64)> {
    match &data.kind {
        DataKind::Active { memory, offset: ConstExpr::Value(ir::Value::I32(start)) } => {
            Some((*memory, u64::from(*start as u32)))
        }
        _ => None,
    }
}

/// Where these files stand in memory; a file that isn't built in is passed over.
fn files(module: &Module, files: &[Vec<u8>]) -> BTreeMap<u64, Vec<u8>> {
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_empty()) {
        for data in module.data.iter() {
            let Some((_, start)) = placed(data) else { continue };
            if let Some(at) = position(&data.value, file) {
                found.insert(start + at as u64, file.clone());
            }
        }
    }
    found
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = part.first()?;
    let starts = bytes.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(at, _)| at);
    starts.into_iter().find(|at| bytes[*at..].starts_with(part))
}

fn put_data(module: &mut Module, memory: MemoryId, place: u64, bytes: Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let offset = ConstExpr::Value(ir::Value::I32((place as u32).cast_signed()));
    let segment = module.data.add(DataKind::Active { memory, offset }, bytes);
    module.memories.get_mut(memory).data_segments.insert(segment);
}

/// Slots that follow each other, with the first of each run.
fn runs(slots: &BTreeMap<u64, usize>) -> Vec<(u64, Vec<usize>)> {
    let mut runs: Vec<(u64, Vec<usize>)> = Vec::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u64 == *slot => run.push(*function),
            _ => runs.push((*slot, vec![*function])),
        }
    }
    runs
}

fn id_at<T: Copy>(mut ids: impl Iterator<Item = T>, at: usize) -> Result<T> {
    ids.nth(at).ok_or_else(|| Failure::new("the module changed while it was split"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const RULES: Rules<'_> =
        Rules { doors: &["app::door"], places: &["app::far", "app::door"], apart: &[], files: &[] };

    /// Two parts that call each other, directly and through the table, with a stack, data and a second table.
    const BOTH: &str = r#"(module
        (type $unary (func (param i32) (result i32)))
        (type $pair (func (param i32 i64) (result i64 i32)))
        (import "./glue.js" "twice" (func $twice (type $unary)))
        (import "./glue.js" "unused" (func $unused))
        (memory (export "memory") 1)
        (data (i32.const 8) "\2a\00\00\00")
        (table $functions 4 4 funcref)
        (table $things (export "things") 2 externref)
        (global $stack (mut i32) (i32.const 1000))
        (global $step i32 (i32.const 3))
        (elem (table $functions) (i32.const 1) func $near_pointed $far_pointed $"<app::far::Thing as core::Drop>::drop")

        (func $app::near (export "near") (type $unary) (i32.add (call $app::door::open (local.get 0)) (i32.const 1)))
        (func $app::count (export "count") (type $unary) (call $app::odd (local.get 0)))
        (func $app::pair (export "pair") (param i32 i64) (result i32)
            (call $app::door::swap (local.get 0) (local.get 1))
            (local.set 0) (i32.wrap_i64) (local.get 0) (i32.sub))
        (func $app::through (export "through") (param i32 i32) (result i32)
            (call_indirect $functions (type $unary) (local.get 1) (local.get 0)))
        (func $app::top (export "top") (result i32) (global.get $stack))
        (func $app::odd (type $unary)
            (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
                (else (call $app::door::even (i32.sub (local.get 0) (i32.const 1))))))
        (func $app::helper (type $unary) (i32.mul (local.get 0) (i32.const 10)))
        (func $near_pointed (type $unary) (call $app::helper (local.get 0)))

        (func $app::door::open (type $unary)
            (global.set $stack (i32.sub (global.get $stack) (i32.const 16)))
            (i32.store (global.get $stack) (local.get 0))
            (i32.add
                (call $twice (call $app::far::inner (i32.load (global.get $stack))))
                (i32.load (i32.const 8)))
            (global.set $stack (i32.add (global.get $stack) (i32.const 16))))
        (func $app::door::even (type $unary)
            (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
                (else (call $app::odd (i32.sub (local.get 0) (i32.const 1))))))
        (func $app::door::swap (type $pair) (local.get 1) (call $app::far::inner (local.get 0)))
        (func $app::far::inner (type $unary)
            (i32.add (call $app::helper (local.get 0))
                (i32.add (global.get $step) (call $core::only_far (local.get 0)))))
        (func $core::only_far (type $unary)
            (i32.add (table.size $things)
                (call_indirect $functions (type $unary) (local.get 0) (i32.const 2))))
        (func $far_pointed (type $unary) (i32.add (local.get 0) (i32.const 100)))
        (func $"<app::far::Thing as core::Drop>::drop" (type $unary) (call $core::only_far (local.get 0)))
        (func $app::far::never (type $unary) (i32.const 7))
    )"#;

    /// What is asked of the module: exports with their arguments.
    const ASKED: &str = "[['near', 5], ['near', -3], ['count', 6], ['count', 7], ['pair', 4, 900n],
        ['through', 1, 6], ['through', 2, 6], ['through', 3, 6], ['top']]";

    fn parts(text: &str, rules: &Rules<'_>) -> Result<Parts> {
        split(&wat::parse_str(text).expect("it is a module"), rules)
    }

    /// Runs JavaScript that has the modules, each as bytes, and gives what it prints.
    fn node(modules: &[&[u8]], script: &str) -> String {
        let bytes: Vec<String> = modules.iter().map(|bytes| format!("new Uint8Array({bytes:?})")).collect();
        let script = format!(
            "const modules = [{}].map(bytes => new WebAssembly.Module(bytes));
            const glue = {{ './glue.js': {{ twice: x => 2 * x, unused() {{}} }} }};
            const call = (exports, [name, ...given]) => {{ try {{ return String(exports[name](...given)); }} catch (error) {{ return error.name; }} }};
            {script}",
            bytes.join(",")
        );
        let output = Command::new("node").args(["-e", &script]).output().expect("node runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn answers(modules: &[&[u8]], rest: &str) -> String {
        let script = format!(
            "const first = new WebAssembly.Instance(modules[0], glue).exports; {rest}
            console.log(JSON.stringify({ASKED}.map(asked => call(first, asked))));"
        );
        node(modules, &script)
    }

    const JOIN: &str = "new WebAssembly.Instance(modules[1], { p: first });";

    #[test]
    fn both_parts_together_do_what_the_whole_did() {
        let whole = wat::parse_str(BOTH).expect("it is a module");
        // `far_pointed` has no path in its name, so it stays.
        let parts = parts(BOTH, &RULES).expect("it splits");
        let expected = answers(&[&whole], "");
        let worked_out =
            [near(5), near(-3), 0, 1, 900 - inner(4), 60, 106, 2 + 6 + 100, 1000].map(|it| it.to_string());
        assert_eq!(expected, serde_json::json!(worked_out).to_string());
        assert_eq!(answers(&[&parts.first, &parts.further], JOIN), expected);
    }

    /// What `near` comes to, worked out here.
    fn near(x: i32) -> i32 {
        2 * inner(x) + 42 + 1
    }

    fn inner(x: i32) -> i32 {
        x * 10 + 3 + 2 + x + 100
    }

    #[test]
    fn before_the_further_part_is_there_its_functions_trap_and_the_others_work() {
        let parts = parts(BOTH, &RULES).expect("it splits");
        let trap = "RuntimeError";
        let said = answers(&[&parts.first], "");
        let expected = [trap, trap, trap, trap, trap, "60", "106", trap, "1000"];
        assert_eq!(said, serde_json::json!(expected).to_string());
    }

    #[test]
    fn the_further_module_has_nothing_but_code_and_imports_only_from_the_first() {
        let parts = parts(BOTH, &RULES).expect("it splits");
        let script = "const [first, further] = modules;
            const of = WebAssembly.Module;
            const shared = new Set(of.exports(first).map(it => `${it.kind} ${it.name}`));
            const imports = of.imports(further);
            console.log(JSON.stringify([of.exports(further).length, imports.every(it => it.module === 'p'),
                imports.every(it => shared.has(`${it.kind} ${it.name}`)), imports.filter(it => it.name === 'memory').length,
                of.imports(first).map(it => it.name)]));";
        let said = node(&[&parts.first, &parts.further], script);
        assert_eq!(said, r#"[0,true,true,1,["twice"]]"#);
        assert_eq!(parts.further.windows(4).filter(|bytes| bytes == b"\x2a\0\0\0").count(), 0, "no data");
        let moved = Summary { moved: 6, doors: 3, addressed: 1, shared: 3, data: 0, kept: Vec::new() };
        assert_eq!(parts.summary, moved);
    }

    #[test]
    fn what_stands_apart_comes_after_the_further_part() {
        let rules = Rules { apart: &["app::door::swap"], ..RULES };
        let parts = parts(BOTH, &rules).expect("it splits");
        let apart = parts.apart.expect("a part of its own");
        let whole = wat::parse_str(BOTH).expect("it is a module");
        let expected = answers(&[&whole], "");
        let both = answers(&[&parts.first, &parts.further], JOIN);
        let pair = "\"RuntimeError\"";
        assert!(
            both.contains(pair) && both.matches(pair).count() == 1,
            "only what is apart is missing: {both}"
        );
        let join = [JOIN, "new WebAssembly.Instance(modules[2], { p: first });"].concat();
        assert_eq!(answers(&[&parts.first, &parts.further, &apart], &join), expected);
    }

    #[test]
    fn what_stands_apart_has_no_copy_of_what_the_further_part_has_behind_a_door() {
        let rules = Rules {
            doors: &["app::door", "app::other"],
            places: &["app::far", "app::door", "app::other"],
            apart: &["app::other"],
            files: &[],
        };
        let text = BOTH.replace(
            "(func $app::helper",
            "(func $app::asks (export \"asks\") (type $unary) (call $app::other::ask (local.get 0)))
            (func $app::other::ask (type $unary) (i32.add (call $app::door::open (local.get 0)) (call $app::door::only (i32.const 1))))
            (func $app::door::only (type $unary) (i32.add (i32.const 77777) (call $app::far::inner (local.get 0))))
            (func $app::helper",
        );
        let parts = parts(&text, &rules).expect("it splits");
        let apart = parts.apart.expect("a part of its own");
        let number = [0x41, 0xd1, 0xdf, 0x04];
        let holds = |module: &[u8]| module.windows(4).any(|bytes| bytes == number);
        assert!(holds(&parts.further) && !holds(&apart) && !holds(&parts.first));
        let ask = |module: &[&[u8]], join: &str| {
            let script = format!(
                "const first = new WebAssembly.Instance(modules[0], glue).exports; {join}
                console.log(call(first, ['asks', 5]));"
            );
            node(module, &script)
        };
        let whole = wat::parse_str(&text).expect("it is a module");
        let join = [JOIN, "new WebAssembly.Instance(modules[2], { p: first });"].concat();
        assert_eq!(ask(&[&parts.first, &parts.further, &apart], &join), ask(&[&whole], ""));
    }

    #[test]
    fn a_file_that_only_the_further_part_reads_comes_with_it() {
        let text = r#"(module (memory (export "memory") 1) (table 1 funcref)
            (data (i32.const 8) "beforeA FILEbehind") (data (i32.const 40) "B FILE") (data (i32.const 60) "C")
            (func (export "read") (result i32) (call $app::door::read))
            (func $app::door::read (result i32) (i32.load8_u (i32.const 14))))"#;
        let files = ["A FILE", "B FILE", "not built in", ""].map(|file| file.as_bytes().to_vec());
        let parts = parts(text, &Rules { files: &files, ..RULES }).expect("it splits");
        assert_eq!(parts.summary.data, 12);
        let holds =
            |module: &[u8], text: &str| module.windows(text.len()).any(|bytes| bytes == text.as_bytes());
        assert!(holds(&parts.further, "A FILE") && holds(&parts.further, "B FILE"));
        assert!(
            !holds(&parts.first, "FILE") && holds(&parts.first, "before") && holds(&parts.first, "behind")
        );
        let script = "const first = new WebAssembly.Instance(modules[0], glue).exports;
            const seen = () => new TextDecoder().decode(new Uint8Array(first.memory.buffer, 8, 53)).replaceAll('\\0', '.');
            const before = seen();
            new WebAssembly.Instance(modules[1], { p: first });
            console.log(JSON.stringify([before, seen(), first.read()]));";
        let expected = [
            "before......behind..................................C",
            "beforeA FILEbehind..............B FILE..............C",
        ];
        let said = node(&[&parts.first, &parts.further], script);
        assert_eq!(said, serde_json::json!([expected[0], expected[1], 65]).to_string());
    }

    #[test]
    fn the_same_module_splits_the_same_way() {
        let (one, other) = (parts(BOTH, &RULES).expect("once"), parts(BOTH, &RULES).expect("twice"));
        assert_eq!((one.first, one.further), (other.first, other.further));
    }

    #[test]
    fn what_the_first_part_reaches_past_the_doors_stays_and_is_named() {
        let text = BOTH.replace(
            "(func $near_pointed (type $unary) (call $app::helper (local.get 0)))",
            "(func $near_pointed (type $unary) (call $app::far::inner (local.get 0)))",
        );
        let parts = parts(&text, &RULES).expect("it splits");
        let kept: Vec<&str> = parts.summary.kept.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(kept, ["app::far::inner"]);
        let whole = wat::parse_str(&text).expect("it is a module");
        assert_eq!(answers(&[&parts.first, &parts.further], JOIN), answers(&[&whole], ""));
    }

    #[test]
    fn what_cannot_be_split_is_refused() {
        let says = |text: &str, rules: &Rules<'_>| parts(text, rules).expect_err("refused").to_string();
        let none = Rules { doors: &["app::none"], places: &[], apart: &[], files: &[] };
        assert!(says(BOTH, &none).contains("nothing is found of the further part"));
        assert!(says("(module)", &RULES).contains("exactly one table of functions"));
        let passive = "(module (memory 1) (data $d \"x\") (table 1 funcref) (func (export \"near\") (call $app::door::open))
            (func $app::door::open (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))))";
        assert!(says(passive, &RULES).contains("a passive data segment"));
        let reference = "(module (table 1 funcref) (elem declare func $a) (func $a (export \"a\") (call $app::door::open))
            (func $app::door::open (drop (ref.func $a))))";
        assert!(says(reference, &RULES).contains("ref.func"));
        assert!(split(b"not a module", &RULES).is_err());
    }

    #[test]
    fn a_function_lives_where_its_path_its_type_or_what_it_drops_does() {
        let far = |name: &str| lives_in(name, &["app::far"]);
        assert!(far("app::far::open") && far("app::far") && far("<app::far::Thing as core::Drop>::drop"));
        assert!(far("<&mut app::far::Thing>::go") && far("core::ptr::drop_in_place<app::far::Thing>"));
        assert!(
            far("app::far::open::{{closure}}")
                && far("core::ptr::drop_in_place::<app::far::open::{closure#0}>")
        );
        assert!(
            !far("app::farther::open") && !far("app::near") && !far("alloc::vec::Vec<app::far::Thing>::push")
        );
    }

    #[test]
    fn short_names_are_all_different() {
        let names: BTreeSet<String> = (0..2000).map(short_name).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!([0, 25, 26, 27, 701, 702].map(short_name), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
