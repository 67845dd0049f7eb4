package corpus

// Counts are the decisions on one label, or on several together: true
// positives (TP), false positives (FP) and false negatives (FN).
type Counts struct {
	TP, FP, FN int
}

// Gold is how many the annotators found.
func (c Counts) Gold() int { return c.TP + c.FN }

// Found is how many the classifier found.
func (c Counts) Found() int { return c.TP + c.FP }

// Precision is the share of what was found that is right, in [0,1]; 0 if
// nothing was found.
func (c Counts) Precision() float64 { return ratio(c.TP, c.Found()) }

// Recall is the share of what is there that was found, in [0,1]; 0 if nothing
// is there.
func (c Counts) Recall() float64 { return ratio(c.TP, c.Gold()) }

// F1 is the harmonic mean of precision and recall, in [0,1] (van Rijsbergen,
// Information Retrieval, 1979); 0 if it is not [Counts.Defined].
func (c Counts) F1() float64 { return ratio(2*c.TP, 2*c.TP+c.FP+c.FN) }

// Defined reports whether there was anything to find or anything was found.
// Otherwise F1 says nothing.
func (c Counts) Defined() bool { return c != Counts{} }

// plus returns the sum of both counts.
func (c Counts) plus(d Counts) Counts {
	return Counts{TP: c.TP + d.TP, FP: c.FP + d.FP, FN: c.FN + d.FN}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// An Interval is a confidence interval from Low to High, both in [0,1]. The zero
// Interval stands for one that could not be estimated.
type Interval struct {
	Low, High float64
}

// A Measure is a score with the confidence interval of its F1.
type Measure struct {
	Counts
	CI Interval // of F1
}

// A Bin is one row of a reliability table: the acts whose Score lies in
// (Low,High].
type Bin struct {
	Low, High float64
	Acts      int     // how many
	Right     int     // how many of them the annotators found too
	MeanScore float64 // of these acts; 0 without any
}

// Accuracy is the share of right acts, in [0,1]; 0 without any.
func (b Bin) Accuracy() float64 { return ratio(b.Right, b.Acts) }

// A Calibration says whether acts of Score p are right in a share p of cases.
type Calibration struct {
	Bins [10]Bin // of equal width, from 0 to 1
	// ECE is the expected calibration error, in [0,1]: the difference between
	// mean score and accuracy of a bin, weighted by its acts (Naeini, Cooper and
	// Hauskrecht 2015; Guo et al. 2017). 0 is best.
	ECE float64
}

// Acts is how many acts the table counts.
func (c Calibration) Acts() int {
	n := 0
	for _, b := range c.Bins {
		n += b.Acts
	}
	return n
}

// calibrate makes the reliability table of scores and whether each is right.
func calibrate(scores []float64, right []bool) Calibration {
	var c Calibration
	for i := range c.Bins {
		// Not i*0.1, which differs from 0.3 and the like in the last bit.
		c.Bins[i].Low, c.Bins[i].High = float64(i)/10, float64(i+1)/10
	}
	for i, score := range scores {
		n := 0
		for n < len(c.Bins)-1 && score > c.Bins[n].High {
			n++
		}
		b := &c.Bins[n]
		b.Acts++
		b.MeanScore += score // the sum, for now
		if right[i] {
			b.Right++
		}
	}
	for i := range c.Bins {
		b := &c.Bins[i]
		if b.Acts == 0 {
			continue
		}
		b.MeanScore /= float64(b.Acts)
		gap := max(b.MeanScore-b.Accuracy(), b.Accuracy()-b.MeanScore)
		c.ECE += gap * float64(b.Acts) / float64(len(scores))
	}
	return c
}
