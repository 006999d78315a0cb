// Outlines from a TopoJSON file: arcs are sums of steps on a grid, shared by neighbours. Points are [latitude, longitude].

function decoded(topology) {
  const [wide, tall] = topology.transform.scale;
  const [west, south] = topology.transform.translate;
  return topology.arcs.map((steps) => {
    let x = 0;
    let y = 0;
    return steps.map(([across, up]) => {
      x += across;
      y += up;
      return [y * tall + south, x * wide + west];
    });
  });
}

// A ring without leaps across the 180th meridian: it runs on beyond it; one around a pole is led to the pole.
function unwrapped(ring) {
  let turn = 0;
  let last = ring[0][1];
  const points = ring.map(([latitude, longitude]) => {
    if (Math.abs(longitude - last) > 180) turn += longitude < last ? 360 : -360;
    last = longitude;
    return [latitude, longitude + turn];
  });
  if (Math.abs(points.at(-1)[1] - points[0][1]) > 180) {
    const pole = points[0][0] > 0 ? 90 : -90;
    points.push([pole, points.at(-1)[1]], [pole, points[0][1]]);
  }
  return points;
}

// What runs beyond the 180th meridian is drawn a turn away too, so that both edges of the map have it.
function twice(rings) {
  const beyond = rings[0].find(([, longitude]) => Math.abs(longitude) > 180);
  if (!beyond) return [rings];
  const turn = beyond[1] > 0 ? -360 : 360;
  return [rings, rings.map((ring) => ring.map(([latitude, longitude]) => [latitude, longitude + turn]))];
}

/** Every polygon of an object: its outer ring and its holes. */
export function outlines(topology, name) {
  const arcs = decoded(topology);
  const ring = (numbers) => numbers.flatMap((number, place) => {
    const arc = number >= 0 ? arcs[number] : arcs[~number].slice().reverse();
    return place ? arc.slice(1) : arc;
  });
  return topology.objects[name].geometries.flatMap((shape) => {
    if (!shape.arcs) return [];
    const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
    return polygons.flatMap((rings) => twice(rings.map((numbers) => unwrapped(ring(numbers)))));
  });
}
