// One small router in each dialect, with a peer group, plain sessions, iBGP, a VRF, lists of each kind and routes of its own: what
// the edits of edits_test.cpp begin with.
#pragma once

#include <map>
#include <string>

namespace bgproof {

inline const std::string& edited_config(const std::string& dialect) {
  static const std::map<std::string, std::string> kConfigs = {
      {"eos", R"~(hostname r1
!
vrf instance RED
!
interface Loopback0
   ip address 10.0.0.1/32
!
ip community-list CUST permit 64500:1
ip as-path access-list P5 permit ^64501_ any
!
ip prefix-list OWN
   seq 5 permit 198.51.100.0/24
   seq 10 permit 203.0.113.0/24
!
ip prefix-list STAT seq 5 permit 10.1.0.0/16
!
route-map TO-PEER permit 10
   match ip address prefix-list OWN
!
route-map TO-PEER permit 20
   match community CUST
   set metric 5
!
route-map FROM-PEER permit 10
   match as-path P5
   set local-preference 120
!
route-map STATICS permit 10
   match ip address prefix-list STAT
!
router bgp 64500
   router-id 10.0.0.1
   neighbor PEERS peer group
   neighbor PEERS remote-as 64501
   neighbor PEERS send-community
   neighbor PEERS route-map TO-PEER out
   neighbor PEERS route-map FROM-PEER in
   neighbor 192.0.2.1 peer group PEERS
   neighbor 192.0.2.9 remote-as 64509
   neighbor 192.0.2.9 prefix-list OWN out
   neighbor 10.0.0.2 remote-as 64500
   neighbor 10.0.0.2 next-hop-self
   neighbor 10.0.0.3 remote-as 64500
   neighbor 10.0.0.3 send-community
   bgp listen range 192.0.2.128/25 peer-group PEERS remote-as 64501
   network 198.51.100.0/24
   redistribute static route-map STATICS
   aggregate-address 203.0.113.0/24
   vrf RED
      neighbor 172.16.0.1 remote-as 64511
      neighbor 172.16.0.1 route-map TO-PEER out
!
end
)~"},
      {"frr", R"~(frr version 8.4.4
frr defaults traditional
hostname r1
!
interface lo
 ip address 10.0.0.1/32
exit
!
router bgp 64500
 bgp router-id 10.0.0.1
 neighbor PEERS peer-group
 neighbor PEERS remote-as 64501
 neighbor 192.0.2.1 peer-group PEERS
 neighbor 192.0.2.9 remote-as 64509
 neighbor 10.0.0.2 remote-as 64500
 neighbor 10.0.0.3 remote-as 64500
 bgp listen range 192.0.2.128/25 peer-group PEERS
 !
 address-family ipv4 unicast
  network 198.51.100.0/24
  redistribute static route-map STATICS
  aggregate-address 203.0.113.0/24
  neighbor PEERS route-map TO-PEER out
  neighbor PEERS route-map FROM-PEER in
  neighbor 192.0.2.9 prefix-list OWN out
  neighbor 192.0.2.9 route-map FROM-PEER in
  neighbor 10.0.0.2 next-hop-self
 exit-address-family
exit
!
router bgp 64500 vrf RED
 neighbor 172.16.0.1 remote-as 64511
 address-family ipv4 unicast
  neighbor 172.16.0.1 route-map TO-PEER out
  neighbor 172.16.0.1 route-map FROM-PEER in
 exit-address-family
exit
!
bgp community-list standard CUST seq 5 permit 64500:1
bgp as-path access-list P5 seq 5 permit ^64501_
ip prefix-list OWN seq 5 permit 198.51.100.0/24
ip prefix-list OWN seq 10 permit 203.0.113.0/24
ip prefix-list STAT seq 5 permit 10.1.0.0/16
!
route-map TO-PEER permit 10
 match ip address prefix-list OWN
exit
!
route-map TO-PEER permit 20
 match community CUST
 set metric 5
exit
!
route-map FROM-PEER permit 10
 match as-path P5
 set local-preference 120
exit
!
route-map STATICS permit 10
 match ip address prefix-list STAT
exit
!
end
)~"},
      {"ios", R"~(hostname r1
!
vrf definition RED
 rd 64500:1
!
interface Loopback0
 ip address 10.0.0.1 255.255.255.255
!
router bgp 64500
 bgp router-id 10.0.0.1
 bgp log-neighbor-changes
 neighbor PEERS peer-group
 neighbor PEERS remote-as 64501
 neighbor PEERS description peers
 neighbor 192.0.2.1 peer-group PEERS
 neighbor 192.0.2.9 remote-as 64509
 neighbor 10.0.0.2 remote-as 64500
 neighbor 10.0.0.2 update-source Loopback0
 neighbor 10.0.0.3 remote-as 64500
 !
 address-family ipv4
  network 198.51.100.0 mask 255.255.255.0
  redistribute static route-map STATICS
  aggregate-address 203.0.113.0 255.255.255.0
  neighbor PEERS send-community
  neighbor PEERS route-map TO-PEER out
  neighbor PEERS route-map FROM-PEER in
  neighbor 192.0.2.1 activate
  neighbor 192.0.2.9 activate
  neighbor 192.0.2.9 prefix-list OWN out
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 next-hop-self
  neighbor 10.0.0.3 activate
  neighbor 10.0.0.3 send-community both
 exit-address-family
 !
 address-family ipv4 vrf RED
  neighbor 172.16.0.1 remote-as 64511
  neighbor 172.16.0.1 activate
  neighbor 172.16.0.1 route-map TO-PEER out
 exit-address-family
!
ip community-list standard CUST permit 64500:1
ip community-list expanded CUSTX permit 64500:1.
ip as-path access-list 5 permit ^64501_
ip prefix-list OWN seq 5 permit 198.51.100.0/24
ip prefix-list OWN seq 10 permit 203.0.113.0/24
ip prefix-list STAT seq 5 permit 10.1.0.0/16
!
route-map TO-PEER permit 10
 match ip address prefix-list OWN
!
route-map TO-PEER permit 20
 match community CUST
 set metric 5
!
route-map FROM-PEER permit 10
 match as-path 5
 set local-preference 120
!
route-map STATICS permit 10
 match ip address prefix-list STAT
!
end
)~"},
      {"junos", R"~(version 20.4R3;
system {
    host-name r1;
}
interfaces {
    lo0 {
        unit 0 {
            family inet {
                address 10.0.0.1/32;
            }
        }
    }
}
routing-options {
    autonomous-system 64500;
    static {
        route 10.1.0.0/16 discard;
    }
    aggregate {
        route 203.0.113.0/24;
    }
}
protocols {
    bgp {
        group PEERS {
            type external;
            family inet {
                unicast;
            }
            import FROM-PEER;
            export TO-PEER;
            peer-as 64501;
            neighbor 192.0.2.1;
            neighbor 192.0.2.2 {
                export [ CLEAN TO-PEER ];
            }
            dynamic-neighbor DYN {
                allow 192.0.2.128/25;
            }
        }
        group OPEN {
            type external;
            neighbor 192.0.2.9 {
                peer-as 64509;
            }
        }
        group IBGP {
            type internal;
            local-address 10.0.0.1;
            export NHS;
            neighbor 10.0.0.2;
            neighbor 10.0.0.3;
        }
    }
}
policy-options {
    prefix-list OWN {
        198.51.100.0/24;
        203.0.113.0/24;
    }
    policy-statement TO-PEER {
        term OWN {
            from {
                prefix-list OWN;
            }
            then accept;
        }
        term CUST {
            from community CUST;
            then {
                metric 5;
                accept;
            }
        }
        term REST {
            then reject;
        }
    }
    policy-statement CLEAN {
        term A {
            then {
                community delete CUST;
            }
        }
    }
    policy-statement FROM-PEER {
        term P5 {
            from as-path P5;
            then {
                local-preference 120;
                accept;
            }
        }
        then reject;
    }
    policy-statement NHS {
        then {
            next-hop self;
        }
    }
    community CUST members 64500:1;
    as-path P5 "64501 .*";
}
routing-instances {
    RED {
        instance-type vrf;
        protocols {
            bgp {
                group CE {
                    type external;
                    export TO-PEER;
                    neighbor 172.16.0.1 {
                        peer-as 64511;
                    }
                }
            }
        }
    }
}
)~"},
      {"nxos", R"~(!Command: show running-config
version 9.3(3) Bios:version
hostname r1
feature bgp
vrf context RED
interface loopback0
  ip address 10.0.0.1/32
ip community-list standard CUST seq 10 permit 64500:1
ip as-path access-list P5 seq 5 permit "^64501_"
ip prefix-list OWN seq 5 permit 198.51.100.0/24
ip prefix-list OWN seq 10 permit 203.0.113.0/24
ip prefix-list STAT seq 5 permit 10.1.0.0/16
route-map TO-PEER permit 10
  match ip address prefix-list OWN
route-map TO-PEER permit 20
  match community CUST
  set metric 5
route-map FROM-PEER permit 10
  match as-path P5
  set local-preference 120
route-map STATICS permit 10
  match ip address prefix-list STAT
router bgp 64500
  router-id 10.0.0.1
  address-family ipv4 unicast
    network 198.51.100.0/24
    redistribute static route-map STATICS
    aggregate-address 203.0.113.0/24
  template peer PEERS
    remote-as 64501
    address-family ipv4 unicast
      send-community
      route-map TO-PEER out
      route-map FROM-PEER in
  neighbor 192.0.2.1
    inherit peer PEERS
  neighbor 192.0.2.9
    remote-as 64509
    address-family ipv4 unicast
      prefix-list OWN out
  neighbor 10.0.0.2
    remote-as 64500
    address-family ipv4 unicast
      next-hop-self
  neighbor 10.0.0.3
    remote-as 64500
    address-family ipv4 unicast
      send-community
  vrf RED
    neighbor 172.16.0.1
      remote-as 64511
      address-family ipv4 unicast
        route-map TO-PEER out
)~"},
  };
  return kConfigs.at(dialect);
}

}  // namespace bgproof
