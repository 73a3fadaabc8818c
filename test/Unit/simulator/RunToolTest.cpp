// RunToolTest.cpp: the parts of dlp-run: arguments, array files, kernel names.
#include "simulator/tools/KernelNames.h"
#include "simulator/tools/RunOptions.h"

#include <gtest/gtest.h>

#include <random>

using namespace dlp;

namespace {

std::vector<uint8_t> file(const std::string &header, size_t dataBytes, uint8_t version = 1) {
  std::string text = "\x93NUMPY";
  text += char(version);
  text += '\0';
  text += char(header.size() & 0xff);
  text += char(header.size() >> 8);
  if (version > 1)
    text += std::string(2, '\0');
  text += header + std::string(dataBytes, '\7');
  return {text.begin(), text.end()};
}

std::string npyError(const std::vector<uint8_t> &bytes) {
  std::string error;
  EXPECT_FALSE(parseNpy(bytes, error));
  return error;
}

TEST(Npy, readsVersionsOneAndTwo) {
  for (uint8_t version : {1, 2}) {
    std::string error;
    auto a = parseNpy(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", 24, version), error);
    ASSERT_TRUE(a) << error;
    EXPECT_STREQ(a->type->name, "float32");
    EXPECT_EQ(a->shape, (std::vector<uint64_t>{2, 3}));
    EXPECT_EQ(a->data.size(), 24u);
  }
}

TEST(Npy, readsWhatItWrites) {
  for (const char *name : {"float32", "float16", "bfloat16", "int8", "uint64", "bool"})
    for (std::vector<uint64_t> shape : {std::vector<uint64_t>{}, {0}, {5}, {2, 3, 4}}) {
      const NpyType *type = findNpyType(name);
      std::string text = npyHeader(*type, shape);
      EXPECT_EQ(text.size() % 64, 0u);
      text += std::string(*npyBytes(*type, shape), 'x');
      std::string error;
      auto a = parseNpy({reinterpret_cast<const uint8_t *>(text.data()), text.size()}, error);
      ASSERT_TRUE(a) << error;
      EXPECT_EQ(a->type, type);
      EXPECT_EQ(a->shape, shape);
    }
}

TEST(Npy, refusesBadFiles) {
  EXPECT_EQ(npyError({}), "it is no .npy file");
  EXPECT_EQ(npyError(file("{}", 0)), "its header lacks a key");
  EXPECT_EQ(npyError(file("{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", 8)),
            "its element type '<c8' is not supported");
  EXPECT_EQ(npyError(file("{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}", 4)),
            "it is stored column by column, expected rows (numpy.ascontiguousarray)");
  EXPECT_EQ(npyError(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 4)),
            "its shape does not match its 4 bytes of data");
  EXPECT_EQ(npyError(file("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,99999999999)}", 4)),
            "its shape does not match its 4 bytes of data");
  EXPECT_EQ(npyError(file("{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999999999,)}", 4)),
            "its shape is too large");
  EXPECT_EQ(npyError(file("{'descr': '<f4'", 4)), "its header is damaged, expected '}'");
  auto cut = file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 0);
  cut.resize(20);
  EXPECT_EQ(npyError(cut), "it is cut off");
}

TEST(Npy, survivesRandomDamage) {
  const auto good = file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", 24);
  std::mt19937 rng(1);
  for (int i = 0; i < 20000; ++i) {
    auto bytes = good;
    for (unsigned n = 1 + rng() % 3; n; --n)
      bytes[rng() % bytes.size()] = uint8_t(rng());
    std::string error;
    parseNpy(bytes, error);
  }
}

TEST(RunOptions, valuesBecomeBytes) {
  using Bytes = std::vector<uint8_t>;
  EXPECT_EQ(parseArgument("i32:-2").value, (Bytes{0xfe, 0xff, 0xff, 0xff}));
  EXPECT_EQ(parseArgument("u16:0x1234").value, (Bytes{0x34, 0x12}));
  EXPECT_EQ(parseArgument("f32:1.5").value, (Bytes{0, 0, 0xc0, 0x3f}));
  EXPECT_EQ(parseArgument("f16:1.5").value, (Bytes{0, 0x3e}));
  EXPECT_EQ(parseArgument("bf16:1.5").value, (Bytes{0xc0, 0x3f}));
  EXPECT_EQ(parseArgument("hex:0aFF").value, (Bytes{0x0a, 0xff}));
  EXPECT_EQ(parseArgument("null").value, Bytes(8));
  ArgumentSpec out = parseArgument("out:c.npy:shape=2,3:dtype=float16");
  EXPECT_EQ(out.path, "c.npy");
  EXPECT_EQ(out.shape, (std::vector<uint64_t>{2, 3}));
  EXPECT_STREQ(out.type->name, "float16");
}

TEST(RunOptions, badArgumentsAreRefused) {
  for (const char *text : {"", "i32", "i32:", "i32:x", "i8:128", "i8:-129", "u8:-1", "u32:4294967296", "i7:1", "f32:a",
                           "hex:abc", "hex:zz", "what:1", "out:c.npy:shape=2", "out:c.npy:dtype=float32",
                           "out:c.npy:shape=a:dtype=float32", "out:c.npy:shape=1:dtype=complex", "out:c.npy:mode=1"})
    EXPECT_THROW(parseArgument(text), UsageError) << text;
}

TEST(KernelNames, sourceNamesFindTheKernel) {
  auto spells = [](const char *display, const char *name) {
    auto s = spellingsOf(display);
    return std::find(s.begin(), s.end(), name) != s.end();
  };
  EXPECT_TRUE(spells("vadd(float*, int)", "vadd"));
  EXPECT_TRUE(spells("vadd(float*, int)", "vadd(float*, int)"));
  EXPECT_TRUE(spells("void ns::scale<float>(float*)", "scale<float>"));
  EXPECT_TRUE(spells("void ns::scale<float>(float*)", "ns::scale<float>"));
  EXPECT_TRUE(spells("void ns::scale<float>(float*)", "scale"));
  EXPECT_TRUE(spells("(anonymous namespace)::k(int)", "k"));
  EXPECT_FALSE(spells("vadd(float*, int)", "add"));
}

TEST(KernelNames, ambiguityIsRefused) {
  DeviceImage image{};
  for (const char *display : {"void f<int>(int*)", "void f<float>(float*)"}) {
    ImageKernel k{};
    k.name = std::string("m") + display;
    k.displayName = display;
    image.kernels.push_back(k);
  }
  EXPECT_EQ(&findKernelByName(image, "f<int>"), &image.kernels[0]);
  EXPECT_THROW(findKernelByName(image, "f"), UsageError);
  EXPECT_THROW(findKernelByName(image, "g"), UsageError);
}

} // namespace
