#include "network/device.h"
