// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a team's model, in the order it happened. What happened does not change, so all copies of a model
// share it: a copy costs a pointer for each event, whatever the events say.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cupel::threats {

struct Event {
    std::string at; // ISO date and time, given by whoever acts
    std::string who;
    std::string what; // id of the threat or part
    std::string change; // "decision open -> mitigated"
    std::string note;
    // Lines of this file that the change took the place of, as they were; one with nothing but its id: there was none.
    // Empty: not told, as where only places changed.
    std::vector<std::string> was = {};
    friend bool operator==(const Event&, const Event&) = default;
};

class EventList {
    using Items = std::vector<std::shared_ptr<const Event>>;

public:
    using value_type = Event;

    class const_iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = Event;
        using difference_type = std::ptrdiff_t;
        using pointer = const Event*;
        using reference = const Event&;

        const_iterator() = default;
        explicit const_iterator(Items::const_iterator at)
            : m_at(at)
        {
        }
        reference operator*() const { return **m_at; }
        pointer operator->() const { return m_at->get(); }
        reference operator[](difference_type by) const { return *m_at[by]; }
        const_iterator& operator++() { return *this += 1; }
        const_iterator& operator--() { return *this += -1; }
        const_iterator operator++(int) { return const_iterator(m_at++); }
        const_iterator operator--(int) { return const_iterator(m_at--); }
        const_iterator& operator+=(difference_type by)
        {
            m_at += by;
            return *this;
        }
        const_iterator& operator-=(difference_type by) { return *this += -by; }
        friend const_iterator operator+(const_iterator at, difference_type by) { return at += by; }
        friend const_iterator operator+(difference_type by, const_iterator at) { return at += by; }
        friend const_iterator operator-(const_iterator at, difference_type by) { return at -= by; }
        friend difference_type operator-(const const_iterator& one, const const_iterator& other)
        {
            return one.m_at - other.m_at;
        }
        friend auto operator<=>(const const_iterator&, const const_iterator&) = default;

    private:
        friend class EventList;
        Items::const_iterator m_at;
    };

    EventList() = default;
    EventList(std::initializer_list<Event> events) { append(events); }

    [[nodiscard]] std::size_t size() const { return m_items.size(); }
    [[nodiscard]] bool empty() const { return m_items.empty(); }
    [[nodiscard]] const Event& operator[](std::size_t at) const { return *m_items[at]; }
    [[nodiscard]] const Event& front() const { return *m_items.front(); }
    [[nodiscard]] const Event& back() const { return *m_items.back(); }
    [[nodiscard]] const_iterator begin() const { return const_iterator(m_items.begin()); }
    [[nodiscard]] const_iterator end() const { return const_iterator(m_items.end()); }

    void push_back(Event event) { m_items.push_back(std::make_shared<const Event>(std::move(event))); }
    void push_back(const_iterator shared) { m_items.push_back(*shared.m_at); } // of another list
    template <typename Events> void append(const Events& events)
    {
        for (const Event& event : events) {
            push_back(event);
        }
    }
    void clear() { m_items.clear(); }
    void keepFirst(std::size_t count) { m_items.resize(std::min(count, m_items.size())); }
    template <typename Predicate> void removeIf(const Predicate& unwanted)
    {
        std::erase_if(m_items, [&](const auto& item) { return unwanted(*item); });
    }
    // Those of one moment stay in their order.
    void sortByTime()
    {
        std::stable_sort(
            m_items.begin(), m_items.end(), [](const auto& one, const auto& other) { return one->at < other->at; });
    }
    // `change` gets a copy of each; it is kept where it has become another. Other lists keep theirs.
    template <typename Change> void changeEach(const Change& change)
    {
        for (auto& item : m_items) {
            Event copy = *item;
            change(copy);
            if (copy != *item) {
                item = std::make_shared<const Event>(std::move(copy));
            }
        }
    }
    // What another list says at the same place is held together with it from now on.
    void shareWith(const EventList& other)
    {
        for (std::size_t i = 0; i < std::min(size(), other.size()); ++i) {
            if (m_items[i] != other.m_items[i] && *m_items[i] == *other.m_items[i]) {
                m_items[i] = other.m_items[i];
            }
        }
    }
    friend bool operator==(const EventList& one, const EventList& other)
    {
        return std::equal(one.m_items.begin(), one.m_items.end(), other.m_items.begin(), other.m_items.end(),
            [](const auto& a, const auto& b) { return a == b || *a == *b; });
    }

private:
    Items m_items;
};

} // namespace cupel::threats
