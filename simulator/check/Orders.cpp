// Orders.cpp: what repeated runs of a launch say: the result hangs on when a copy happens.
#include "simulator/check/Check.h"

namespace dlp::check {
namespace {

class OrderCheck : public Check {
public:
  using Check::Check;

  void ordersCompared(const OrderResult &result) override {
    if (result.same) {
      context.report.totals.resources.push_back(context.kernelName() + ": " + std::to_string(result.tried) +
                                                (result.tried == 1 ? " order" : " orders") +
                                                " of its copies tried, every order gives these bytes");
      return;
    }
    Finding f;
    f.kind = Kind::Hazard;
    f.kernel = context.kernelName();
    std::string when;
    switch (result.timing.kind) {
    case CopyTiming::OneLine:
      f.place = context.placeOf(result.timing.value);
      when = "when this copy happens at once instead of as late as it may";
      break;
    case CopyTiming::Random:
      when = "when its copies happen in the mixed order of seed " + std::to_string(result.timing.value);
      break;
    default:
      when = "when all copies happen at once instead of as late as they may";
      break;
    }
    f.object = "order of copies";
    if (!result.faultMessage.empty()) {
      f.what = when + ", the kernel faults: " + result.faultMessage;
    } else {
      const Object *object = context.objectAt(result.address);
      f.what = when + ", " + std::to_string(result.differentBytes) + " bytes of the result change" +
               (object ? ", the first at offset " + std::to_string(result.address - object->address) + " of " +
                             object->describe()
                       : std::string());
    }
    f.fix = "order the copy and the work on its bytes with a sync; the hazards of this report say where";
    context.report.add(std::move(f));
  }
};

} // namespace

std::unique_ptr<Check> makeOrderCheck(Context &context) { return std::make_unique<OrderCheck>(context); }

} // namespace dlp::check
