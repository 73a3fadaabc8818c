// Error.cpp: codes, texts, versions.
#include "runtime/core/Api.h"
#include "runtime/include/cn_api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

const char *cnrtGetErrorStr(cnrtRet_t error) {
  switch (static_cast<int>(error)) {
#define CNRT_ROW(name, cnName, code, text)                                                                             \
  case code:                                                                                                           \
    return text;
    CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
#define CNRT_ROW(name, code, text)                                                                                     \
  case code:                                                                                                           \
    return text;
    CNRT_OWN_ERRORS(CNRT_ROW)
#undef CNRT_ROW
  }
  return "this is not a code of this library";
}

const char *cnrtGetErrorName(cnrtRet_t error) {
  switch (static_cast<int>(error)) {
#define CNRT_ROW(name, cnName, code, text)                                                                             \
  case code:                                                                                                           \
    return "cnrt" #name;
    CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
#define CNRT_ROW(name, code, text)                                                                                     \
  case code:                                                                                                           \
    return "cnrt" #name;
    CNRT_OWN_ERRORS(CNRT_ROW)
#undef CNRT_ROW
  }
  return "unknown";
}

CNresult cnGetErrorName(CNresult error, const char **name) {
  return static_cast<CNresult>(hostCall("cnGetErrorName", [&]() -> Status {
    if (Status status = needsPlace(name); !status.ok())
      return status;
    switch (static_cast<int>(error)) {
#define CNRT_ROW(rowName, cnName, code, text)                                                                          \
  case code:                                                                                                           \
    *name = "CN_" #cnName;                                                                                             \
    return success();
      CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
    }
    return failure(cnrtErrorArgsInvalid, "%d is not a code of this library", static_cast<int>(error));
  }));
}

CNresult cnGetErrorString(CNresult error, const char **text) {
  return static_cast<CNresult>(hostCall("cnGetErrorString", [&]() -> Status {
    if (Status status = needsPlace(text); !status.ok())
      return status;
    *text = cnrtGetErrorStr(static_cast<cnrtRet_t>(error));
    return success();
  }));
}

cnrtRet_t cnrtGetLastError(void) {
  cnrtRet_t error = lastError();
  clearLastError();
  return error;
}

cnrtRet_t cnrtPeekAtLastError(void) { return lastError(); }

// Any of the places may be left out.
static Status version(int *major, int *minor, int *patch, int a, int b, int c) {
  if (major)
    *major = a;
  if (minor)
    *minor = b;
  if (patch)
    *patch = c;
  return success();
}

cnrtRet_t cnrtGetLibVersion(int *major, int *minor, int *patch) {
  return hostCall("cnrtGetLibVersion", [&] {
    return version(major, minor, patch, CNRT_MAJOR_VERSION, CNRT_MINOR_VERSION, CNRT_PATCH_VERSION);
  });
}

cnrtRet_t cnrtDriverGetVersion(int *major, int *minor, int *patch) {
  return hostCall("cnrtDriverGetVersion",
                  [&] { return version(major, minor, patch, CN_MAJOR_VERSION, CN_MINOR_VERSION, CN_PATCH_VERSION); });
}

CNresult cnGetLibVersion(int *major, int *minor, int *patch) {
  return static_cast<CNresult>(hostCall("cnGetLibVersion", [&] {
    return version(major, minor, patch, CN_MAJOR_VERSION, CN_MINOR_VERSION, CN_PATCH_VERSION);
  }));
}

CNresult cnGetDriverVersion(int *major, int *minor, int *patch) {
  return static_cast<CNresult>(hostCall("cnGetDriverVersion", [&] {
    return version(major, minor, patch, CN_MAJOR_VERSION, CN_MINOR_VERSION, CN_PATCH_VERSION);
  }));
}
