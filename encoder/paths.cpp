#include "encoder/paths.h"

#include <fmt/format.h>

#include <algorithm>

#include "encoder/encoding_limit.h"
#include "encoder/logic.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

constexpr size_t kMostForms = 4096;

std::string key_of(const PathTransform& transform) {
  return visit_with(
      transform,
      [](const PrependAsns& t) {
        std::string key = "p";
        for (Asn asn : t.asns) key += fmt::format(" {}", asn);
        return key;
      },
      [](const PrependFirst& t) { return fmt::format("f {}", t.times); },
      [](const RemovePrivate& t) {
        auto number = [](const std::optional<Asn>& asn) { return asn ? fmt::format("{}", *asn) : std::string("-"); };
        return fmt::format("r {} {} {} {}", static_cast<int>(t.which), number(t.replacement), t.nearest,
                           number(t.spare));
      },
      [](const ReplaceAsn& t) {
        std::string key = fmt::format("s {}", t.with);
        for (const NumberRange& range : t.which) key += fmt::format(" {}-{}", range.low, range.high);
        return key;
      },
      [](const RemoveAsns& t) {
        std::string key = "d";
        for (const NumberRange& range : t.which) key += fmt::format(" {}-{}", range.low, range.high);
        return key;
      },
      [](const ReplacePath& t) {
        std::string key = "=";
        for (Asn asn : t.asns) key += fmt::format(" {}", asn);
        return key;
      });
}

std::string key_of(const AsPathRegex& regex) {
  std::string key = fmt::format("({}", static_cast<int>(regex.kind));
  for (const NumberRange& range : regex.ranges) key += fmt::format(" {}-{}", range.low, range.high);
  if (regex.kind == AsPathRegex::Kind::repeat) key += fmt::format(" *{}-{}", regex.low, regex.high);
  for (const AsPathRegex& part : regex.of) key += key_of(part);
  return key + ")";
}

bool is_constant(const PathForm& form) {
  return form.transforms.size() == 1 && std::holds_alternative<ReplacePath>(form.transforms[0]);
}

// The change, of all that is there.
void add(PathForm& form, const PathTransform& transform) {
  if (is_constant(form)) {
    std::vector<Asn> asns;
    for (const PathLetter& letter : apply({form.transforms[0], transform}, {})) asns.push_back(letter.asns.front());
    form.transforms = {ReplacePath{std::move(asns)}};
    return;
  }
  const auto* prepend = std::get_if<PrependAsns>(&transform);
  if (prepend && prepend->asns.empty()) return;
  auto* last = prepend && !form.transforms.empty() ? std::get_if<PrependAsns>(&form.transforms.back()) : nullptr;
  if (last)
    last->asns.insert(last->asns.begin(), prepend->asns.begin(), prepend->asns.end());
  else
    form.transforms.push_back(transform);
}

// Takes the numbers that stand apart off the path.
PrependAsns taken_off(PathForm& form) {
  if (form.apart == 0) return {};
  auto* constant = std::get_if<ReplacePath>(&form.transforms.back());
  std::vector<Asn>& asns = constant ? constant->asns : std::get<PrependAsns>(form.transforms.back()).asns;
  auto end = asns.begin() + static_cast<std::ptrdiff_t>(form.apart);
  PrependAsns front{{asns.begin(), end}};
  asns.erase(asns.begin(), end);
  if (asns.empty() && !constant) form.transforms.pop_back();
  form.apart = 0;
  return front;
}

// Of a change that works behind what stands apart: the same of all that is there; nullopt of others.
std::optional<PathTransform> if_behind(const PathTransform& transform) {
  if (const auto* prepend = std::get_if<PrependAsns>(&transform))
    if (prepend->where == PrependAsns::Where::behind) return PrependAsns{prepend->asns};
  if (const auto* first = std::get_if<PrependFirst>(&transform))
    if (first->behind) return PrependFirst{first->times};
  if (const auto* removal = std::get_if<RemovePrivate>(&transform))
    if (removal->behind) {
      RemovePrivate plain = *removal;
      plain.behind = false;
      return plain;
    }
  return std::nullopt;
}

}  // namespace

bool same_change(const PathTransform& a, const PathTransform& b) { return key_of(a) == key_of(b); }

SymbolicPath choice_of(const z3::expr& condition, const SymbolicPath& a, const SymbolicPath& b) {
  if (condition.is_true() || b.empty()) return a;
  if (condition.is_false() || a.empty()) return b;
  SymbolicPath result;
  z3::expr never = condition.ctx().bool_val(false);
  for (size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    bool from_a = i < a.size() && (j == b.size() || a[i].first <= b[j].first);
    bool from_b = j < b.size() && (i == a.size() || b[j].first <= a[i].first);
    PathFormId form = from_a ? a[i].first : b[j].first;
    result.emplace_back(form, choice_of(condition, from_a ? a[i].second : never, from_b ? b[j].second : never));
    i += from_a;
    j += from_b;
  }
  return result;
}

PathTable::PathTable(z3::context& context) : context_(context) { form_of(0); }

PathSource PathTable::add_source() { return sources_++; }

PathFormId PathTable::intern(PathForm form) {
  std::string key = fmt::format("{}.{}", form.source, form.apart);
  for (const PathTransform& transform : form.transforms) key += "|" + key_of(transform);
  auto [at, fresh] = form_ids_.try_emplace(key, static_cast<PathFormId>(forms_.size()));
  if (fresh) forms_.push_back(std::move(form));
  if (forms_.size() > kMostForms)
    throw EncodingLimit(fmt::format("more than {} combinations of AS-path changes", kMostForms));
  return at->second;
}

PathFormId PathTable::then(PathFormId id, const PathTransform& transform) {
  PathForm form = forms_[id];
  // A path that another took the place of is a constant, whatever was there and whatever comes.
  if (std::holds_alternative<ReplacePath>(transform)) return intern({0, {transform}, 0});
  const auto* prepend = std::get_if<PrependAsns>(&transform);
  if (prepend && prepend->where == PrependAsns::Where::apart) {
    add(form, PrependAsns{prepend->asns});
    form.apart += prepend->asns.size();
  } else if (std::optional<PathTransform> behind = if_behind(transform)) {
    PrependAsns front = taken_off(form);
    add(form, *behind);
    add(form, front);  // may join what was put behind it: where the border is says `apart`
    form.apart = front.asns.size();
  } else if (std::holds_alternative<ReplaceAsn>(transform) && form.apart != 0) {
    PrependAsns front = taken_off(form);
    PathForm alone{0, {ReplacePath{std::move(front.asns)}}, 0};
    add(alone, transform);
    front.asns = std::get<ReplacePath>(alone.transforms[0]).asns;
    add(form, transform);
    add(form, front);
    form.apart = front.asns.size();
  } else {
    add(form, transform);
    form.apart = 0;
  }
  return intern(std::move(form));
}

SymbolicPath PathTable::then(const SymbolicPath& path, const PathTransform& transform) {
  SymbolicPath result;
  for (const auto& [form, guard] : path) {
    PathFormId after = then(form, transform);
    auto at =
        std::find_if(result.begin(), result.end(), [&, id = after](const auto& entry) { return entry.first == id; });
    if (at == result.end())
      result.emplace_back(after, guard);
    else
      put(at->second, or_of(at->second, guard));
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return result;
}

z3::expr PathTable::ask(PathFormId form, const std::string& question, const PathLanguages::Added& added) {
  if (const auto* limit = std::get_if<AutomatonLimit>(&added)) throw EncodingLimit(limit->what);
  PathLanguageId id = std::get<PathLanguageId>(added);
  const PathDfa& language = languages_.automaton(id);
  z3::expr answer = context_.bool_val(language.is_universal());
  if (!language.is_universal() && !language.is_empty()) {
    auto [at, fresh] = atom_of_.try_emplace({forms_[form].source, id}, atoms_.size());
    if (fresh) {
      std::string name = fmt::format("path!{}", atoms_.size());
      atoms_.push_back({context_.bool_const(name.c_str()), forms_[form].source, id});
    }
    put(answer, atoms_[at->second].holds);
  }
  asked_.emplace(question, answer);
  return answer;
}

z3::expr PathTable::matches(PathFormId form, const AsPathRegex& regex) {
  std::string question = fmt::format("{}{}", form, key_of(regex));
  if (auto found = asked_.find(question); found != asked_.end()) return found->second;
  return ask(form, question, languages_.add(regex, forms_[form].transforms));
}

z3::expr PathTable::matches_text(PathFormId form, const std::string& expression) {
  std::string question = fmt::format("{}/{}", form, expression);
  if (auto found = asked_.find(question); found != asked_.end()) return found->second;
  return ask(form, question, languages_.add_text(expression, forms_[form].transforms));
}

z3::expr PathTable::has_length(PathFormId form, const NumberRange& length) {
  std::string question = fmt::format("{}#{}-{}", form, length.low, length.high);
  if (auto found = asked_.find(question); found != asked_.end()) return found->second;
  return ask(form, question, languages_.add_length(length, forms_[form].transforms));
}

z3::expr PathTable::matches(const SymbolicPath& path, const AsPathRegex& regex) {
  std::vector<z3::expr> ways;
  for (const auto& [form, guard] : path) ways.push_back(and_of(guard, matches(form, regex)));
  return or_of(context_, ways);
}

z3::expr PathTable::matches_text(const SymbolicPath& path, const std::string& expression) {
  std::vector<z3::expr> ways;
  for (const auto& [form, guard] : path) ways.push_back(and_of(guard, matches_text(form, expression)));
  return or_of(context_, ways);
}

z3::expr PathTable::has_length(const SymbolicPath& path, const NumberRange& length) {
  std::vector<z3::expr> ways;
  for (const auto& [form, guard] : path) ways.push_back(and_of(guard, has_length(form, length)));
  return or_of(context_, ways);
}

std::vector<z3::expr> PathTable::implications() {
  std::vector<z3::expr> all;
  for (const auto& [small, large] : languages_.inclusions())
    for (PathSource source = 0; source < sources_; ++source) {
      auto a = atom_of_.find({source, small}), b = atom_of_.find({source, large});
      if (a != atom_of_.end() && b != atom_of_.end())
        all.push_back(or_of(not_of(atoms_[a->second].holds), atoms_[b->second].holds));
    }
  return all;
}

z3::expr PathTable::is_prepended(const SymbolicPath& path, const NumberRange& times) {
  std::vector<z3::expr> ways;
  for (const auto& [form, guard] : path) ways.push_back(and_of(guard, is_prepended(form, times)));
  return or_of(context_, ways);
}

z3::expr PathTable::is_prepended(PathFormId id, const NumberRange& times) {
  std::string question = fmt::format("{}={}-{}", id, times.low, times.high);
  if (auto found = asked_.find(question); found != asked_.end()) return found->second;
  if (forms_[id].source == 0) return ask(id, question, languages_.add_prepended(times, forms_[id].transforms));
  z3::expr answer = context_.bool_const(fmt::format("related!{}", relations_.size()).c_str());
  relations_.push_back({answer, id, times});
  asked_.emplace(question, answer);
  return answer;
}

bool is_prepended(const PathWord& before, const PathWord& after, const NumberRange& times) {
  if (after.size() < before.size() || !times.contains(static_cast<uint32_t>(after.size() - before.size())))
    return false;
  size_t count = after.size() - before.size();
  if (!std::equal(before.begin(), before.end(), after.begin() + static_cast<ptrdiff_t>(count))) return false;
  return std::all_of(after.begin(), after.begin() + static_cast<ptrdiff_t>(count), [&](const PathLetter& letter) {
    return letter == after[0] && letter.kind == AsSegment::Kind::sequence;
  });
}

}  // namespace bgproof
