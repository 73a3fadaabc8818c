"""style.py: what a picture has in common with a painting, and with a photo, as numbers to make small.

There is no network here that learned to see. A picture has the style of a painting when its small patches could be cut out of
the painting, at several sizes of the picture:
  each patch is near to some patch of the painting, so nothing foreign is in the picture;
  each patch of the painting is near to some patch of the picture, so its strokes are there, and sharp;
  all patches are distributed like those of the painting, so its colours have their shares.
"""
import torch
import torch.nn.functional as F


def pyramid(image, levels):
    """The image, and its halves, quarters, ..."""
    images = [image]
    while len(images) < levels:
        images.append(F.avg_pool2d(images[-1], 2))
    return images


def directions(count, size):
    filters = torch.randn(count, 3, size, size)
    return filters / filters.flatten(1).norm(dim=1)[:, None, None, None]


def whitening(painting, count, size):
    """Directions in which patches of the painting all vary alike: a fine line counts as much as a large shadow."""
    patches = F.unfold(painting, size)[0]
    patches = patches - patches.mean(1, keepdim=True)
    values, vectors = torch.linalg.eigh(patches @ patches.t() / patches.shape[1])
    scaled = vectors / (values + 1e-4 * values.max()).sqrt()
    return (directions(count, size).flatten(1) @ scaled.t()).view(count, 3, size, size)


class Distribution:
    """Patches seen from random directions: sorted, they should be the sorted ones of the painting (sliced Wasserstein distance)."""

    def __init__(self, levels, filters, taken):
        self.filters = filters
        self.taken = taken
        self.sorted = [F.conv2d(image, f)[0].flatten(1).sort(dim=1).values for image, f in zip(levels, filters)]

    def __call__(self, levels):
        loss = 0
        for number, (image, filters, expected) in enumerate(zip(levels, self.filters, self.sorted)):
            some = torch.randperm(len(filters))[:self.taken]
            # of the largest image every other pixel is enough
            seen = F.conv2d(image, filters[some], stride=2 if number == 0 else 1).transpose(0, 1).flatten(1)
            found = seen.sort(dim=1).values
            count = found.shape[1]
            places = ((torch.arange(count) + 0.5) * expected.shape[1] / count).long()
            loss = loss + (found - expected[some][:, places]).abs().mean()
        return loss / len(levels)


class Nearest:
    """Some patches and the nearest ones of the painting; and some patches of the painting, each with the nearest there is."""
    SIZE = 9
    KEPT = 3000  # of the painting
    ACROSS = 32  # patches in a row that are looked at
    LIKE = 170  # of them should be like the painting
    WANTED = 300  # of the painting should be there

    def __init__(self, levels):
        self.patches = []
        for image in levels:
            patches = F.unfold(image, self.SIZE)[0].t()
            self.patches.append(patches[torch.randperm(len(patches))[:self.KEPT]])

    @staticmethod
    def search(these, among):
        """The row of `among` that is nearest to each row of `these`."""
        with torch.no_grad():
            return (among.pow(2).sum(1) - 2 * these @ among.t()).argmin(1)

    def __call__(self, levels):
        like = wanted = 0
        for image, patches in zip(levels, self.patches):
            step = max(image.shape[2] // self.ACROSS, 1)
            y, x = torch.randint(step, (2,))
            found = F.unfold(image[:, :, y:, x:], self.SIZE, stride=step).transpose(1, 2).flatten(0, 1)
            some = found[torch.randperm(len(found))[:self.LIKE]]
            like = like + (some - patches[self.search(some, patches)]).pow(2).mean()
            some = patches[torch.randperm(len(patches))[:self.WANTED]]
            wanted = wanted + (found[self.search(some, found)] - some).pow(2).mean()
        return like / len(levels), wanted / len(levels)


class Style:
    def __init__(self, painting, levels=4, size=7, count=192):
        images = pyramid(painting, levels)
        with torch.no_grad():
            self.levels = levels
            self.plain = Distribution(images, [directions(count, size)] * levels, 12)
            self.white = Distribution(images, [whitening(image, count, size) for image in images], 24)
            self.nearest = Nearest(images[:3])

    def __call__(self, picture):
        images = pyramid(picture, self.levels)
        like, wanted = self.nearest(images[:3])
        return 5 * self.plain(images) + 0.3 * self.white(images) + 25 * like + 50 * wanted


def content(picture, photo):
    """Light and shadow, from a quarter of the size on: contrast and colours are free, and so are details."""

    def light(image):
        grey = (image * torch.tensor([0.299, 0.587, 0.114])[None, :, None, None]).sum(1, keepdim=True)
        return pyramid(grey, 4)

    def normal(grey):
        return (grey - grey.mean((2, 3), keepdim=True)) / (grey.std((2, 3), keepdim=True) + 0.05)

    found, expected = light(picture), light(photo)
    weights = (0, 0.15, 0.5, 0.5)
    return sum(w * (normal(a) - normal(b)).pow(2).mean() for w, a, b in zip(weights, found, expected) if w)
