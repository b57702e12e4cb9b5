package dev.vloop.dashboard;

import java.util.List;
import java.util.Map;

/**
 * What a page shows at one moment, in parts that change by themselves.
 *
 * @param parts HTML by the id of the element; a row of the table is whole, of all other elements it is the inside
 * @param order the ids of the rows in their order; empty if there is no table
 */
record View(Map<String, String> parts, List<String> order) {
    String part(String id) {
        return parts.getOrDefault(id, "");
    }
}
