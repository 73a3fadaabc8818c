// Labels.h: of which inexact builtins a byte is a result. A label stands for a set of them.
#ifndef OPENBANG_SIMULATOR_FIDELITY_LABELS_H
#define OPENBANG_SIMULATOR_FIDELITY_LABELS_H

#include "simulator/memory/HostMemory.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace dlp::fidelity {

using Label = uint16_t; // 0: of none

// The sets behind labels, each kept once.
class LabelSets {
public:
  LabelSets() : sets(1) {}

  // The set of this one source.
  Label of(unsigned source);
  Label join(Label a, Label b);
  const std::vector<unsigned> &sources(Label label) const { return sets[label]; }

private:
  Label intern(std::vector<unsigned> set);

  std::vector<std::vector<unsigned>> sets; // sorted, by label
  std::map<std::vector<unsigned>, Label> labels;
  std::map<std::pair<Label, Label>, Label> joined;
  std::pair<Label, Label> lastPair{0, 0};
  Label lastJoined = 0;
};

// The labels of one memory. For Shadow.
class LabelBits {
public:
  explicit LabelBits(uint64_t bytes) : bytes(bytes) {}

  uint64_t size() const { return bytes; }
  void clearAll() { memory = HostMemory(); }
  bool plain() const { return !memory.data(); } // every label is 0
  Label at(uint64_t offset) const { return plain() ? 0 : data()[offset]; }
  void set(uint64_t offset, uint64_t count, Label label);
  // The join of the labels of a range.
  Label all(uint64_t offset, uint64_t count, LabelSets &sets) const;

private:
  Label *data() const { return reinterpret_cast<Label *>(memory.data()); }

  uint64_t bytes;
  HostMemory memory; // mapped with the first label
};

} // namespace dlp::fidelity

#endif // OPENBANG_SIMULATOR_FIDELITY_LABELS_H
