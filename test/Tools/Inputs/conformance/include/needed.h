#define NEEDED 1.0f
