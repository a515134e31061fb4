#include "policy/address.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

std::string round_trip(std::string_view text) {
  std::optional<Address> address = parse_address(text);
  return address ? to_string(*address) : "refused";
}

std::string prefix_text(std::string_view text, bool short_form = false) {
  std::optional<Prefix> prefix = parse_prefix(text, nullptr, short_form);
  return prefix ? to_string(*prefix) : "refused";
}

TEST(Address, PrintsIpv6AsRfc5952Says) {
  EXPECT_EQ(round_trip("2001:0DB8::0001"), "2001:db8::1");
  EXPECT_EQ(round_trip("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1") << "one zero group is not compressed";
  EXPECT_EQ(round_trip("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1") << "the longest run is compressed";
  EXPECT_EQ(round_trip("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1") << "of equal runs the first one";
  EXPECT_EQ(round_trip("0:0:0:0:0:0:0:0"), "::");
  EXPECT_EQ(round_trip("::1"), "::1");
  EXPECT_EQ(round_trip("1::"), "1::");
  EXPECT_EQ(round_trip("0:0:0:0:0:0:1:2"), "::1:2") << "an address that merely begins with zeros is not an IPv4 one";
  EXPECT_EQ(round_trip("fe80:0:0:0:1:2:3:4"), "fe80::1:2:3:4");
}

TEST(Address, KeepsMappedAddressesInIpv6) {
  std::optional<Address> mapped = parse_address("::ffff:192.0.2.1");
  ASSERT_TRUE(mapped);
  EXPECT_EQ(mapped->family, Family::ipv6);
  EXPECT_EQ(mapped->bits, (Bits{0xffff} << 32) | 0xc0000201);
  EXPECT_EQ(to_string(*mapped), "::ffff:192.0.2.1");
  EXPECT_NE(*mapped, *parse_address("192.0.2.1"));
}

TEST(Address, PutsIpv4IntoTheUpperBits) {
  std::optional<Address> address = parse_address("192.0.2.1");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->family, Family::ipv4);
  EXPECT_EQ(address->bits, Bits{0xc0000201} << 96);
  EXPECT_EQ(to_string(*address), "192.0.2.1");
}

TEST(Address, RefusesWhatIsNone) {
  for (std::string_view text : {"", "192.0.2", "192.0.2.256", "192.0.2.1 ", "1.2.3.4.5",
                                "::1::", "12345::", "fe80::1%eth0", "192.0.2.1/32", "a", "-1.2.3.4"})
    EXPECT_FALSE(parse_address(text)) << text;
  EXPECT_FALSE(parse_address(std::string_view("1.2.3.4\0", 8)));
}

TEST(Prefix, MasksHostBitsAndSaysSo) {
  bool host_bits = false;
  EXPECT_EQ(to_string(parse_prefix("192.0.2.77/24", &host_bits).value()), "192.0.2.0/24");
  EXPECT_TRUE(host_bits);
  EXPECT_EQ(to_string(parse_prefix("2001:db8::/32", &host_bits).value()), "2001:db8::/32");
  EXPECT_FALSE(host_bits);
  EXPECT_EQ(to_string(parse_prefix("255.255.255.255/0", &host_bits).value()), "0.0.0.0/0");
  EXPECT_TRUE(host_bits);
  EXPECT_EQ(to_string(parse_prefix("2001:db8::1/128", &host_bits).value()), "2001:db8::1/128");
  EXPECT_FALSE(host_bits);
}

TEST(Prefix, KnowsTheShortFormOnlyOnRequest) {
  EXPECT_EQ(prefix_text("10/8"), "refused");
  EXPECT_EQ(prefix_text("10/8", true), "10.0.0.0/8");
  EXPECT_EQ(prefix_text("10.1/16", true), "10.1.0.0/16");
  EXPECT_EQ(prefix_text("10.1.2/24", true), "10.1.2.0/24");
  EXPECT_EQ(prefix_text("0/0", true), "0.0.0.0/0");
  EXPECT_EQ(prefix_text("10.1/8", true), "10.0.0.0/8");
  for (std::string_view text : {"10./8", ".1/8", "256/8", "10.1.2.3.4/8", "1a/8", "/8", "2001/16x"})
    EXPECT_EQ(prefix_text(text, true), "refused") << text;
}

TEST(Prefix, RefusesWhatIsNone) {
  for (std::string_view text : {"192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8",
                                "192.0.2.0/08", "192.0.2.0/8/8", "2001:db8::/129", "/0", "", "192.0.2.0/8 "})
    EXPECT_EQ(prefix_text(text), "refused") << text;
  EXPECT_EQ(prefix_text("0.0.0.0/0"), "0.0.0.0/0");
  EXPECT_EQ(prefix_text("::/0"), "::/0");
}

TEST(Prefix, CoversWithinOneFamily) {
  auto prefix = [](std::string_view text) { return parse_prefix(text).value(); };
  EXPECT_TRUE(covers(prefix("10.0.0.0/8"), prefix("10.0.0.0/8")));
  EXPECT_TRUE(covers(prefix("10.0.0.0/8"), prefix("10.255.0.0/16")));
  EXPECT_FALSE(covers(prefix("10.0.0.0/8"), prefix("11.0.0.0/16")));
  EXPECT_FALSE(covers(prefix("10.0.0.0/16"), prefix("10.0.0.0/8")));
  EXPECT_FALSE(covers(prefix("0.0.0.0/0"), prefix("::/0")));
  EXPECT_FALSE(covers(prefix("::/0"), prefix("0.0.0.0/0")));
  EXPECT_TRUE(covers(prefix("::/0"), parse_address("ffff::1").value()));
  EXPECT_TRUE(covers(prefix("192.0.2.1/32"), parse_address("192.0.2.1").value()));
  EXPECT_FALSE(covers(prefix("192.0.2.1/32"), parse_address("192.0.2.2").value()));
}

}  // namespace
}  // namespace bgproof
