// Context.cpp: variables, allocations and source lines.
#include "simulator/check/Context.h"

#include "simulator/check/Check.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace dlp::check {

std::string Object::describe() const {
  std::string size = std::to_string(bytes) + (bytes == 1 ? " byte of " : " bytes of ") + spaceName(space);
  return name + " (" + (type.empty() ? "" : type + ", ") + size + ")";
}

uint64_t Object::elementBytes() const {
  uint64_t elements = 1;
  for (size_t at = type.find('['); at != std::string::npos; at = type.find('[', at + 1))
    elements *= std::max(1ull, std::strtoull(type.c_str() + at + 1, nullptr, 10));
  return elements > 1 ? std::max<uint64_t>(1, bytes / elements) : 1;
}

Context::Symbols::Symbols(const Program &program) : lines(program.elfBytes()) {
  const DeviceImage &image = program.image();
  variables.resize(image.kernels.size());
  for (const ObjectEntry &entry : image.objects)
    if (entry.kernel < variables.size())
      variables[entry.kernel].push_back({"'" + entry.name + "'", entry.type, entry.address, entry.bytes, entry.range,
                                         CoreView::spaceOf(entry.address), Place{entry.file, entry.line, 0, "", 0}});
  for (auto &list : variables)
    std::sort(list.begin(), list.end(), [](const Object &a, const Object &b) { return a.address < b.address; });
}

void Context::launchBegins(Launch &launch) {
  running = &launch;
  coresInCluster = launch.config().coresPerCluster + launch.config().memoryCore;
  executions.assign(launch.allCores().size(), {});
  executing = 0;
  copiesOpen.assign(launch.allCores().size(), 0);
  Program &program = launch.runningProgram();
  auto &known = programs[&program];
  if (!known)
    known = std::make_unique<Symbols>(program);
  symbols = known.get();
  variables = &symbols->variables[size_t(&launch.runningKernel() - program.image().kernels.data())];
  for (Object &variable : symbols->variables[size_t(&launch.runningKernel() - program.image().kernels.data())])
    if (variable.declared.line && variable.declared.text.empty()) {
      variable.declared.text = lineText(variable.declared.file, variable.declared.line);
      variable.declared.file = asInLineTable(variable.declared.file, launch.runningKernel().entry);
    }
  allocationObjects.clear();
  ++report.totals.launches;
}

// Line tables name files as the compiler was told, variables with their folder: the reader sees one spelling.
std::string Context::asInLineTable(const std::string &path, uint64_t pc) const {
  const std::string name = symbols->lines.find(pc).file, full = symbols->lines.path(pc);
  if (name.empty() || name.front() == '/' || !full.ends_with("/" + name))
    return path;
  const std::string folder = full.substr(0, full.size() - name.size());
  return path.starts_with(folder) ? path.substr(folder.size()) : path;
}

std::string Context::lineText(const std::string &file, uint32_t line) {
  auto [it, fresh] = files.try_emplace(file);
  if (fresh) {
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);)
      it->second.push_back(text);
  }
  if (!line || line > it->second.size())
    return "";
  const std::string &text = it->second[line - 1];
  size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first);
}

Place Context::placeOf(uint64_t pc) {
  auto [it, fresh] = symbols->places.try_emplace(pc);
  if (fresh) {
    // The compiler leaves an instruction that it made of two without a line; those before it are of the same place.
    constexpr uint64_t kNear = 64;
    uint64_t at = pc;
    SourceLine found = symbols->lines.find(at);
    while (!found.line && at > pc - kNear)
      found = symbols->lines.find(at -= 2);
    if (!found.line)
      at = pc;
    it->second = {found.file, found.line, found.column, lineText(symbols->lines.path(at), found.line), pc, at != pc};
  }
  return it->second;
}

std::string Context::operationAt(const Place &place, const Core &core) const {
  const std::string &text = place.text;
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    auto isWord = [&](size_t i) { return i < text.size() && (std::isalnum((unsigned char)text[i]) || text[i] == '_'); };
    if (text[at] != '_' || text[at + 1] != '_' || (at && isWord(at - 1)))
      continue;
    size_t end = at;
    while (isWord(end))
      ++end;
    std::string word = text.substr(at, end - at);
    bool operation = end < text.size() && text[end] == '(';
    if (operation && word != "__is_mpu" && word != "__is_ipu" && word != "__sizeof__")
      return word;
  }
  std::string mnemonic = core.mnemonic();
  return mnemonic.empty() ? "this line" : mnemonic;
}

uint64_t Context::normalised(uint64_t address) const {
  if (CoreView::spaceOf(address) != Space::Wram)
    return address;
  return kWramBase + (address - kWramBase) % running->config().wramTableBytes();
}

const Object *Context::allocationObject(const Allocation &allocation) const {
  auto [it, fresh] = allocationObjects.try_emplace(allocation.base);
  if (fresh) {
    std::string name = "device memory";
    const ImageKernel &kernel = running->runningKernel();
    auto params = running->launchRequest().params;
    for (size_t i = 0; i < kernel.params.size() && name == "device memory"; ++i) {
      uint64_t value;
      if (kernel.params[i].kind != kParamPointer || kernel.params[i].size != sizeof value)
        continue;
      std::memcpy(&value, params.data() + kernel.params[i].offset, sizeof value);
      if (value - allocation.base < allocation.bytes)
        name = "the memory of parameter " + std::to_string(i + 1);
    }
    it->second = {name, "", allocation.base, allocation.bytes, allocation.bytes, Space::Gdram, {}};
  }
  return &it->second;
}

const Object *Context::nearestBelow(uint64_t address) const {
  address = normalised(address);
  if (address >= kGdramBase) {
    auto it = allocations.upper_bound(address);
    return it == allocations.begin() ? nullptr : allocationObject(std::prev(it)->second);
  }
  auto it = std::upper_bound(variables->begin(), variables->end(), address,
                             [](uint64_t a, const Object &object) { return a < object.address; });
  if (it == variables->begin() || std::prev(it)->space != CoreView::spaceOf(address))
    return nullptr;
  return &*std::prev(it);
}

const Object *Context::objectAt(uint64_t address) const {
  const Object *object = nearestBelow(address);
  return object && object->contains(normalised(address)) ? object : nullptr;
}

const Object *Context::largestIn(Space space) const {
  const Object *largest = nullptr;
  for (const Object &variable : *variables)
    if (variable.space == space && (!largest || variable.bytes > largest->bytes))
      largest = &variable;
  return largest;
}

bool Context::scalarObject(const Core &core, uint64_t address, ScalarReach &reach) const {
  const Space space = CoreView::spaceOf(address);
  const bool onChip = space == Space::Nram || space == Space::Sram || space == Space::Ldram;
  if (onChip ? isStack(core, address) : address < kGdramBase)
    return false;
  const Object *object = objectAt(address);
  if (!object)
    return false;
  reach.begin = object->address;
  reach.bytes = object->range;
  reach.shared = space == Space::Gdram || space == Space::Sram;
  return true;
}

// Under a debugger the stack's addresses carry a tag.
bool Context::isStack(const Core &core, uint64_t address) {
  constexpr unsigned kStackPointer = 2;
  return CoreView::spaceOf(address) == CoreView::spaceOf(core.stackLimit & kUntaggedMask) &&
         address >= (core.x[kStackPointer] & kUntaggedMask);
}

std::string Context::who(const Core &core) {
  return "task " + std::to_string(core.task.taskId) + " on cluster " + std::to_string(core.clusterIndex()) + ", " +
         (core.isMemoryCore() ? "memory core" : "core " + std::to_string(core.coreIndex()));
}

Finding Context::findingAt(Kind kind, const Core &core, uint64_t pc) {
  Finding finding;
  finding.kind = kind;
  finding.kernel = kernelName();
  finding.place = placeOf(pc);
  finding.who = who(core);
  finding.iteration = executionOf(core, pc);
  return finding;
}

uint64_t Context::executionOf(const Core &core, uint64_t pc) const {
  const auto &counts = executions[ordinal(core)];
  auto it = counts.find(pc);
  return it == counts.end() ? 0 : executing ? it->second.executed : it->second.issued;
}

} // namespace dlp::check
