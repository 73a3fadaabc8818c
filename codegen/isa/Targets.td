// Targets.td: compile-time facts of each arch a program can be compiled for. Sizes in KB; SRAM is per cluster.
// Run-time configurations (clusters, bandwidths) are simulator/machines/*.json.
class Target<string name, int number, int nram, int wram, int sram, string basis> {
  string Name = name;      // as in --bang-mlu-arch
  int Number = number;     // __BANG_ARCH__
  int NramKB = nram;
  int WramKB = wram;
  int SramKB = sram;
  string Basis = basis;    // documented or chosen
}
def T_TP_220  : Target<"tp_220", 220, 512, 512, 0, "documented">;
def T_MTP_220 : Target<"mtp_220", 220, 512, 512, 2048, "documented">;
def T_TP_270  : Target<"tp_270", 270, 512, 1024, 0, "documented">;
def T_MTP_270 : Target<"mtp_270", 270, 512, 1024, 2048, "documented">;
def T_MTP_290 : Target<"mtp_290", 290, 512, 512, 2048, "documented">;
def T_TP_322  : Target<"tp_322", 322, 768, 1024, 0, "documented">;
def T_MTP_322 : Target<"mtp_322", 322, 768, 1024, 1536, "documented">;
def T_MTP_372 : Target<"mtp_372", 372, 768, 1024, 4096, "documented">;
def T_MTP_392 : Target<"mtp_392", 392, 512, 512, 2048, "documented">;
def T_TP_520  : Target<"tp_520", 520, 512, 512, 0, "chosen, as mtp_592 without SRAM">;
def T_MTP_592 : Target<"mtp_592", 592, 512, 512, 2048, "inferred from public build scripts">;
def T_MTP_613 : Target<"mtp_613", 613, 512, 512, 2048, "chosen, as mtp_592">;
def T_MTP_617 : Target<"mtp_617", 617, 512, 512, 2048, "chosen, as mtp_592">;

// Other spellings of an arch: --bang-arch=compute_NN and the product names of old build files.
class TargetAlias<string alias, string name> {
  string Alias = alias;
  string Name = name;
}
def : TargetAlias<"compute_20", "mtp_270">;
def : TargetAlias<"compute_30", "mtp_372">;
def : TargetAlias<"compute_50", "mtp_592">;
def : TargetAlias<"MLU220", "mtp_220">;
def : TargetAlias<"MLU270", "mtp_270">;
def : TargetAlias<"MLU290", "mtp_290">;
def : TargetAlias<"MLU370", "mtp_372">;
def : TargetAlias<"MLU590", "mtp_592">;
