// select.cpp: operators whose addresses depend on data.
#include "bench.h"

#include <string>

void select(bangopsDataType_t type) {
  Tensor table(type, {1000, 1024}), rows(type, {512, 1024}), index(BANGOPS_DTYPE_I32, {512});
  measure("gather", type, "512 of 1000 x 1024", 2 * rows.bytes, 0, [&] {
    return bangopsGather(handle, table.desc, table.data, 512, static_cast<int32_t *>(index.data), rows.desc, rows.data);
  });
}
